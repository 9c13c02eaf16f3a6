// How it looks. A page changes that by custom properties, or by parts.
export const styles = `
:host { display: block; font-family: var(--volunteer-font, inherit); color: var(--volunteer-text, inherit); line-height: 1.5; }
:host([hidden]) { display: none; }
* { box-sizing: border-box; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6, p, ul { margin: 0; }
.heading { font-size: 1.5em; line-height: 1.25; }
.title { font-size: 1.15em; line-height: 1.3; }
.stack { display: grid; gap: var(--volunteer-gap, 1rem); }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
label { display: block; }
.field { flex: 1 1 14rem; }
.choice { flex: 1 1 100%; display: flex; gap: .5rem; align-items: center; min-height: 2.75rem; }
input[type=search] { width: 100%; min-height: 2.75rem; padding: .25rem .5rem; font: inherit; color: inherit;
  background: transparent; border: 2px solid currentColor; border-radius: var(--volunteer-radius, 4px); }
input[type=checkbox] { width: 1.5rem; height: 1.5rem; flex: none; accent-color: var(--volunteer-colour, #1f5c4d); }
button, .respond { display: inline-flex; align-items: center; min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: bold;
  color: var(--volunteer-on-colour, #fff); background: var(--volunteer-colour, #1f5c4d); border: 0;
  border-radius: var(--volunteer-radius, 4px); text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
button:focus-visible, .respond:focus-visible { outline-color: var(--volunteer-focus, #0b0c0c); box-shadow: 0 0 0 3px #ffdd00; }
.list { list-style: none; padding: 0; }
.item { padding: 1rem; border: 1px solid var(--volunteer-border, #b1b4b6); border-radius: var(--volunteer-radius, 4px);
  display: grid; gap: .5rem; justify-items: start; }
.facts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
.description { white-space: pre-line; }
.hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;
