// A net wider than its frame is first seen where cases begin.
for (const frame of document.querySelectorAll(".kind-net .scroll")) {
  const start = frame.querySelector(".l-start");
  if (start) {
    const here = start.getBoundingClientRect();
    const around = frame.getBoundingClientRect();
    frame.scrollLeft += here.left + here.width / 2 - around.left - around.width / 2;
  }
}
