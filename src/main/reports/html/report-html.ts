import { type Period, timelineMarks } from '../../../contract/chart/timeline-series.ts';
import { describeAnomaly, describeIncidentEnd } from '../../../contract/describe-incident.ts';
import type { Incident } from '../../../contract/flight.ts';
import type { Happening } from '../../../contract/happening.ts';
import type { PathReport } from '../../../contract/path.ts';
import type { MaskedAddress } from '../../../contract/privacy-mask.ts';
import type { Timeline } from '../../../contract/timeline.ts';
import { machineHappenings, pathHappenings } from '../path-happenings.ts';
import { rateWords } from '../quantities.ts';
import { bothTimes, escapeHtml, sentenceHtml } from './html-text.ts';
import { commentsHtml, hopsHtml, methodHtml, verdictsHtml } from './report-sections.ts';
import { REPORT_STYLE } from './report-style.ts';
import { timelineSvg } from './timeline-svg.ts';

/** The one file for a provider: it holds everything, fetches nothing, and runs only the one script that saves its data. */

export interface ReportHtmlDeps {
  /** SHA-256 in base64, by which the file allows its own style and script and nothing else (CSP level 3, §2.3.1). */
  readonly sha256: (text: string) => string;
}

/** What is told. Everything in it is masked already. */
export interface ToldReport {
  readonly report: PathReport;
  /** Of the round trip (hop limit 0) and of each hop. */
  readonly timelines: readonly Timeline[];
  /** What the person calls the session, and wrote about it and about moments of it. */
  readonly name: string;
  readonly comment: string;
  readonly comments: readonly { readonly atEpochMs: number; readonly text: string }[];
  /** What happened to the machine meanwhile, oldest first. */
  readonly happenings: readonly Happening[];
  /** The incident that the session is of; null when it is of none, or not in this period. */
  readonly incident: Incident | null;
  /** Labels that stand in the file, and why; the addresses themselves are of no use here. */
  readonly masked: readonly Pick<MaskedAddress, 'label' | 'hopLimit' | 'why'>[];
  readonly madeAtEpochMs: number;
  /** Of the program. */
  readonly version: string;
  /** Where the raw data follows, or why it does not. */
  readonly rawData: { readonly fileName: string } | { readonly missing: string };
}

const DOWNLOAD = `const button=document.getElementById('save');button.hidden=false;button.addEventListener('click',()=>{const link=document.createElement('a');link.href=URL.createObjectURL(new Blob([document.getElementById('raw').textContent],{type:'application/json'}));link.download=button.dataset.name;link.click();setTimeout(()=>URL.revokeObjectURL(link.href),1000)});`;

/** The file up to where its raw data stands, as the text of a script of another type. */
export function reportHtmlBegin({ sha256 }: ReportHtmlDeps, told: ToldReport): string {
  const { report, name, comment, rawData } = told;
  const { target, destination } = report;
  const who = target === destination ? target : `${target} (${destination})`;
  const policy = `default-src 'none'; style-src 'sha256-${sha256(REPORT_STYLE)}'; script-src 'sha256-${sha256(DOWNLOAD)}'; base-uri 'none'; form-action 'none'`;
  const hasData = 'fileName' in rawData;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Connection report: ${escapeHtml(target)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<h1>Connection report: ${escapeHtml(who)}</h1>
${name === '' ? '' : `<p><strong>${escapeHtml(name)}</strong></p>`}
${comment === '' ? '' : `<p>${escapeHtml(comment)}</p>`}
${simulatedHtml(report)}
<dl>
<dt>From</dt><dd>${bothTimes(report.fromEpochMs)}</dd>
<dt>To</dt><dd>${bothTimes(report.toEpochMs)}</dd>
${incidentHtml(told.incident)}<dt>Rounds</dt><dd>${report.rounds.toLocaleString('en')}, ${rateWords(report)}, over IPv${report.family}</dd>
<dt>Report</dt><dd>made ${bothTimes(told.madeAtEpochMs)} by Hopscope ${escapeHtml(told.version)}</dd>
</dl>
<h2>What was found</h2>
${verdictsHtml(report.verdicts)}
<h2>The hops</h2>
${hopsHtml(report)}
${happeningsHtml(told)}
<h2>Over time</h2>
${chartsHtml(told)}
${commentsHtml(told.comments)}
<h2>How it was measured</h2>
${methodHtml(report, told.masked)}
<h2>Raw data</h2>
${
  hasData
    ? `<p>Every probe of this period is in this file, as JSON (format “hopscope-session”).</p>
<p class="on-screen"><button type="button" id="save" data-name="${escapeHtml(rawData.fileName)}" hidden>Save the raw data</button></p>
<noscript><p class="on-screen">Scripts are off here; the data is the last part of this file’s source.</p></noscript>`
    : `<p>${escapeHtml(rawData.missing)}</p>`
}
</main>
${hasData ? '<script type="application/json" id="raw">' : ''}`;
}

/** Raw data for the place where the file holds it: nothing in it can end that place (HTML Standard, §4.12.1.3). */
export function embeddedData(json: string): string {
  return json.replaceAll('<', '\\u003c');
}

/** The rest of the file. */
export function reportHtmlEnd(hasData: boolean): string {
  return hasData ? `</script>\n<script>${DOWNLOAD}</script>\n</body>\n</html>\n` : '</body>\n</html>\n';
}

function simulatedHtml({ simulated }: PathReport): string {
  if (simulated === null) return '';
  return `<p class="notice"><strong>Simulated internet</strong>${simulated === '' ? '' : ` (${escapeHtml(simulated)})`}: nothing of this was measured in a network.</p>`;
}

function incidentHtml(incident: Incident | null): string {
  if (incident === null) return '';
  const { fromEpochMs, toEpochMs, seen, end } = incident;
  const until = toEpochMs === null ? 'it lasts' : `to ${bothTimes(toEpochMs)}`;
  return `<dt>Incident</dt><dd>First seen: ${sentenceHtml(describeAnomaly(seen))} From ${bothTimes(fromEpochMs)}, ${until}. ${escapeHtml(describeIncidentEnd(end) ?? '')}</dd>\n`;
}

function happeningsHtml({ report, happenings: ofMachine }: ToldReport): string {
  const happenings = [...pathHappenings(report), ...machineHappenings(ofMachine)];
  return happenings.length === 0
    ? ''
    : `<ul>${happenings.map((each) => `<li>${sentenceHtml(each)}</li>`).join('\n')}</ul>`;
}

function chartsHtml({ report, timelines, happenings }: ToldReport): string {
  const shown: Period = report;
  const { gaps, intervalMs } = report;
  const figures = timelines
    // Of a silent hop there is nothing to draw but that it is silent, which the table says.
    .filter(({ hopLimit, columns }) => columns.some(({ sent, received }) => (hopLimit === 0 ? sent : received) > 0))
    .map((timeline) => {
      const title = titleOf(timeline, report);
      const name = `Round trips and loss over time: ${title}`;
      const marks = timeline.hopLimit === 0 ? timelineMarks(report, happenings, shown) : [];
      const svg = timelineSvg({ timeline, name, shown, gaps, marks, intervalMs });
      return `<figure><figcaption><strong>${escapeHtml(title)}</strong></figcaption>${svg}</figure>`;
    });
  const legend =
    'The line is the median round trip; the shades around it hold the middle half, the middle 80 % and all of the answers. Bars from the top are lost probes, on the scale at the right. Grey stretches were not measured.';
  return figures.length === 0
    ? '<p>Nothing was measured in this period.</p>'
    : `<p class="dim">${legend}</p>\n${figures.join('\n')}`;
}

function titleOf({ hopLimit }: Timeline, { hops, destination }: PathReport): string {
  if (hopLimit === 0) return `Destination ${destination}`;
  const responders = hops.find((hop) => hop.hopLimit === hopLimit)?.responders ?? [];
  const [first] = responders;
  if (first === undefined) return `Hop ${hopLimit}, silent`;
  const who = first.name === null ? first.address : `${first.name} (${first.address})`;
  const others = responders.length === 1 ? '' : ` and ${responders.length - 1} more`;
  return `Hop ${hopLimit}, ${who}${others}`;
}
