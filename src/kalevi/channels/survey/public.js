addEventListener("DOMContentLoaded",()=>{const f=document.forms[0];if(!f)return;let was;
f.addEventListener("pointerdown",e=>{const r=e.target;was=r.type=="radio"&&r.checked?r:0});
f.addEventListener("click",e=>{if(was&&e.target==was)was.checked=was=false});
if(!document.getElementById("away"))return;
f.addEventListener("submit",e=>{e.preventDefault();const b=f.querySelector("button"),a=document.getElementById("away");b.disabled=true;a.hidden=true;
fetch(f.action,{method:"POST",body:new URLSearchParams(new FormData(f))}).then(r=>r.redirected?location.href=r.url:r.text().then(t=>{if(!t)throw 0;document.open();document.write(t);document.close()})).catch(()=>{a.hidden=false;b.disabled=false})})});
