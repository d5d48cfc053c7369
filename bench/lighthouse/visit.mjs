// Visits pages as Lighthouse's phone does (a Moto G Power on slow 4G, a new
// browser each time). Every line of its input is {url, cookie, slowdown}, how many
// times slower than this machine the phone is; for each it answers with one line,
// {lcp, cls, tbt, index} in milliseconds, index being what Lighthouse thinks of
// this machine.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const onlyAudits = ["largest-contentful-paint", "cumulative-layout-shift", "total-blocking-time"];
const attempts = 5; // a browser on a busy machine now and then records no navigation

async function visit({ url, cookie, slowdown }) {
  for (let i = 0; i < attempts; i++) {
    const browser = await launch({ chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
    try {
      const { lhr } = await lighthouse(url, {
        port: browser.port, onlyAudits, logLevel: "silent", extraHeaders: cookie ? { Cookie: cookie } : {},
        throttling: { cpuSlowdownMultiplier: slowdown },
      });
      const [lcp, cls, tbt] = onlyAudits.map((name) => lhr.audits[name].numericValue);
      if (lhr.runtimeError || [lcp, cls, tbt].includes(undefined)) continue;
      return { lcp, cls, tbt, index: lhr.environment.benchmarkIndex };
    } finally {
      browser.kill();
    }
  }
  throw new Error(`${url}: Lighthouse measured nothing in ${attempts} attempts`);
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await visit(JSON.parse(line))));
}
