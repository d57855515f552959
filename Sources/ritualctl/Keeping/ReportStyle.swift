/// The style sheet of the report's page. Every text has a contrast of at least 4.5 to its background (WCAG
/// 2.2, 1.4.3).
enum ReportStyle {
  static let text = """

    :root {
      --paper: #fdfbf7; --ink: #2b2521; --soft: #655a51; --line: #d9d0c4; --warm: #9c4433; --on-warm: #ffffff;
      --mark: #655a51;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #1d1a17; --ink: #efe8df; --soft: #b9ada0; --line: #453e37; --warm: #e0937f; --on-warm: #1d1a17;
        --mark: #b9ada0;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 3rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.5 system-ui, sans-serif;
    }
    h1 { font-size: 1.75rem; margin: 0; }
    h2 { font-size: 1.2rem; margin: 2.25rem 0 0.5rem; }
    header p, footer, caption, .note { color: var(--soft); }
    header p { margin: 0.25rem 0 0; }
    .lead { font-size: 1.15rem; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    caption { text-align: left; padding-bottom: 0.4rem; font-size: 0.9rem; }
    caption strong { color: var(--ink); font-size: 1rem; }
    th { font-weight: 500; text-align: left; }
    abbr { text-decoration: none; }
    .scroll { overflow-x: auto; padding: 2px; }
    .scroll:focus-visible { outline: 3px solid var(--warm); outline-offset: 2px; }
    .weeks { width: 100%; }
    .weeks th, .weeks td { padding: 0.2rem 0.75rem 0.2rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
    .weeks .bar { width: 45%; }
    .bar div { position: relative; }
    .length { display: block; height: 0.9rem; background: var(--warm); border-radius: 2px; }
    .six { position: absolute; top: -0.2rem; bottom: -0.2rem; border-left: 2px dotted var(--mark); }
    .calendar { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(27rem, 100%), 1fr)); gap: 1.75rem 1.5rem; }
    .calendar .scroll { min-width: 0; }
    .days { font-size: 0.8rem; }
    .days th { color: var(--soft); padding: 0 0.35rem 0 0; }
    .days thead th { padding: 0 0 0.2rem; text-align: center; line-height: 1.15; }
    .days thead span { display: block; }
    .days tbody td { width: 1.75rem; height: 1.5rem; border: 2px solid var(--paper); background: var(--line); text-align: center; }
    .days tbody td:empty { opacity: 0.4; }
    .days tbody td.done { background: var(--warm); color: var(--on-warm); font-weight: 600; border-radius: 5px; }
    ul { padding-left: 1.1rem; }
    li { margin: 0.4rem 0; }
    li time { color: var(--soft); margin-right: 0.5rem; }
    footer { margin-top: 3rem; font-size: 0.9rem; }
    @media print {
      :root {
        --paper: #fff; --ink: #000; --soft: #333; --line: #bbb; --warm: #555; --on-warm: #000; --mark: #333;
      }
      body { max-width: none; padding: 0; font-size: 10pt; }
      .scroll { overflow: visible; break-inside: avoid; }
      section { break-inside: auto; }
      h2 { break-after: avoid; }
      .length { border: 1px solid #555; }
      .days tbody td { background: none; border: 1px solid #ccc; }
      .days tbody td.done { background: none; border: 2px solid #000; }
      .calendar { grid-template-columns: 1fr 1fr; }
    }

    """
}
