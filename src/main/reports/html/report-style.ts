/** Looks of the report: light or dark as the reader's system is, light on paper. Contrasts are those of the program's pages. */

const LIGHT = `--page:#fff;--text:#17202b;--dim:#556171;--line:#dde2e9;--grid:#e9edf2;--sunken:#f7f9fb;--signal:#1d66bd;--smoke:64 78 96;--bad:#c4291c;--loss:213 56 43;--trouble:#a35200;--good:#10723f;--gap:90 102 117;color-scheme:light`;
const DARK = `--page:#10151b;--text:#e7ecf2;--dim:#9daaba;--line:#2c3641;--grid:#252e38;--sunken:#181f27;--signal:#6cb2f7;--smoke:176 196 220;--bad:#ff8a7d;--loss:255 107 92;--trouble:#f3b35c;--good:#5bd08f;--gap:157 170 186;color-scheme:dark`;

export const REPORT_STYLE = `
:root{${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:24px 20px 48px;max-width:1040px;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.25;margin:0 0 12px}
h2{font-size:18px;margin:32px 0 8px}
h3{font-size:15px;margin:0 0 4px}
p,ul{margin:0 0 8px}
dl{display:grid;grid-template-columns:fit-content(60%) 1fr;gap:2px 16px;margin:0 0 12px}
dt{color:var(--dim)}
dd{margin:0}
.notice{border:2px solid var(--trouble);border-radius:6px;padding:8px 12px;margin:12px 0}
.verdict{border:1px solid var(--line);border-left:5px solid var(--dim);border-radius:6px;padding:10px 14px;margin:0 0 10px;break-inside:avoid}
.verdict.good{border-left-color:var(--good)}
.verdict.warning{border-left-color:var(--trouble)}
.verdict.critical{border-left-color:var(--bad)}
.severity{font-weight:600}
.good .severity{color:var(--good)}
.warning .severity{color:var(--trouble)}
.critical .severity{color:var(--bad)}
.dim{color:var(--dim)}
code{font:13px/1.4 ui-monospace,monospace}
.wide{overflow-x:auto;margin:0 0 8px}
table{border-collapse:collapse;width:100%;font-size:13px}
caption{text-align:left;color:var(--dim);padding:0 0 6px}
th,td{padding:4px 8px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:normal}
th{background:var(--sunken);font-weight:600}
.number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.lossy{color:var(--bad);font-weight:600}
tr{break-inside:avoid}
figure{margin:0 0 14px;break-inside:avoid}
figcaption{font-size:13px;margin:0 0 2px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--dim);font:11px system-ui,sans-serif}
.grid{stroke:var(--grid)}
.axis{stroke:var(--line)}
.mark{stroke:var(--trouble);stroke-dasharray:3 3}
.gap{fill:rgb(var(--gap) / 10%)}
.smoke-extremes{fill:rgb(var(--smoke) / 13%)}
.smoke-outer{fill:rgb(var(--smoke) / 22%)}
.smoke-inner{fill:rgb(var(--smoke) / 34%)}
.stroke{stroke:rgb(var(--smoke) / 40%)}
.dot{fill:var(--signal)}
.median{fill:none;stroke:var(--signal);stroke-width:1.6}
.loss{fill:rgb(var(--loss) / 20%);stroke:rgb(var(--loss))}
button{font:inherit;padding:6px 14px;border:1px solid var(--signal);border-radius:6px;background:var(--page);color:var(--signal);cursor:pointer}
@media print{
body{max-width:none;padding:0;font-size:11px;print-color-adjust:exact}
table{font-size:9px}
th,td{padding:2px 4px}
.wide{overflow:visible}
.on-screen{display:none}
h2{break-after:avoid}
@page{margin:14mm}
}`;
