// Lets a kiosk open without a network: the network first, else what was kept of it.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  event.respondWith(
    fetch(event.request)
      .then((reply) => (reply.status >= 500 ? kept(event.request).then((old) => old || reply) : reply))
      .catch(() => kept(event.request).then((old) => old || Response.error())),
  );
});
const kept = (request) => caches.match(request, { ignoreSearch: true, ignoreVary: true });
