"""Uploads go straight to the folder of imports, never through a folder that others may read."""

import tempfile
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import StopFutureHandlers, StopUpload, TemporaryFileUploadHandler

from kalevi.channels.file import uploads


class FolderUploadHandler(TemporaryFileUploadHandler):
    """Streams an upload to disk beside the kept ones; one that is too large is stopped as it comes."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)
        stream = tempfile.NamedTemporaryFile(prefix="part-", dir=uploads.folder())  # noqa: SIM115
        self.file = cast(Any, UploadedFile(stream, self.file_name or "", self.content_type or ""))
        self._came = 0
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        self._came += len(raw_data)
        if self._came > uploads.MOST_BYTES:
            raise StopUpload(connection_reset=True)
        self.file.write(raw_data)

    def upload_interrupted(self) -> None:
        """Remove what came of an upload that was cut short."""
        if getattr(self, "file", None) is not None:
            self.file.close()
