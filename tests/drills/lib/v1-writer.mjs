// One Torch v1 script: posts reports in a tight loop until told to stop, and prints the id of every one that was answered 201.
import { createWriteStream } from 'node:fs';

const [url, reportId, seconds, acknowledgedFile] = process.argv.slice(2);
const acknowledged = createWriteStream(acknowledgedFile);
const end = Date.now() + Number(seconds) * 1000;
let refused = 0;
let value = 0;
while (Date.now() < end) {
  value = (value + 1) % 100;
  try {
    const answer = await fetch(`${url}/api/v1/post/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ report_id: reportId, title: reportId, description: 'tight loop', value }),
    });
    const text = await answer.text();
    if (answer.status === 201) acknowledged.write(`${JSON.parse(text).id} ${value}\n`);
    else refused++;
  } catch {
    refused++;
    await new Promise((r) => setTimeout(r, 50)); // the server is away: as a script's retry would
  }
}
acknowledged.end(() => {
  process.stdout.write(JSON.stringify({ refused }));
});
