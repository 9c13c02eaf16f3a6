// Says when there is no connection, and keeps a form from being sent into nothing.

export function watchConnection(): void {
  const banner = document.querySelector<HTMLElement>("[data-offline]");
  if (banner === null) return;
  const show = () => {
    banner.hidden = navigator.onLine;
  };
  addEventListener("online", show);
  addEventListener("offline", show);
  show();
  document.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    banner.scrollIntoView();
  });
}
