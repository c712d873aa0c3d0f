// The page is whole without this: it only reads the page again, and puts in what is new.
const every = 60_000;
let readAt = Date.now();

async function again() {
  if (document.hidden || Date.now() - readAt < every) return;
  readAt = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = next.querySelector(`[data-part="${part.dataset.part}"]`);
      if (fresh && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // It is away; what is shown says of when it is.
  }
}

setInterval(again, 5_000);
document.addEventListener("visibilitychange", again);
