/** Style of a listen page. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --dim: light-dark(#535e69, #a8b3be); --line: light-dark(#d5dbe1, #37424d); --mark: light-dark(#0b6b75, #6fd0da); --page: light-dark(#fff, #12181e); }
body { margin: 0 auto; max-width: 46rem; padding: 1rem; background: var(--page); color: light-dark(#1b232b, #e7ecf1); overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.4rem; }
p { margin: 0.25rem 0; }
code { font-size: 0.9em; }
.dim, .who, .flow, .event { color: var(--dim); }
.player { position: sticky; top: 0; z-index: 1; margin: 0 -2px; padding: 0.5rem 2px; background: var(--page); border-bottom: 1px solid var(--line); }
.player audio { display: block; width: 100%; }
.unheard { margin: 0.75rem 0; padding: 0.5rem 1rem; border-left: 4px solid light-dark(#9a4b00, #f0b35c); background: light-dark(#fdf3e3, #2c2417); }
.unheard ul { margin: 0.25rem 0; padding-left: 1.2rem; }
#lines { list-style: none; margin: 0.5rem 0; padding: 0; }
#lines > li { display: grid; grid-template-columns: 3.5rem 1fr; gap: 0 0.75rem; align-items: start; padding: 0.3rem 0.5rem; border-radius: 8px; border: 2px solid transparent; scroll-margin-top: 8rem; }
#lines > li[aria-current] { border-color: var(--mark); }
#lines .flow { grid-column: 1 / -1; margin-top: 0.75rem; font-weight: 600; }
#lines button { min-height: 1.75rem; font: inherit; font-size: 0.85rem; font-variant-numeric: tabular-nums; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px; cursor: pointer; }
.who { font-size: 0.8rem; }
.speech .said { font-size: 1.05rem; }
.agent .what { padding: 0.2rem 0.6rem; border: 1px dashed light-dark(#8a4b00, #f0b35c); border-radius: 8px; background: light-dark(#fdf6e8, #262016); }
`;
