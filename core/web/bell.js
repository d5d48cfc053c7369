// Loads the page again when a module of this development server changed.
let seen;
new EventSource("/developpement/pages").onmessage = (event) => {
  if (seen && seen !== event.data) location.reload();
  seen = event.data;
};
