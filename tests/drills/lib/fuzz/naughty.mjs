// The corpus: what breaks programs that read text, numbers, times, addresses, regexes and JSON.
import { Raw } from './json.mjs';

const long = (n, c = 'x') => c.repeat(n);

export const strings = [
  '', ' ', '\t\n', '.', '..', '/', '\\', '-', '"', "'", '`', 'null', 'undefined', 'NaN', 'true', '0', '-1', '{}', '[]', '%s%n%d', '%00', '{0}', '${1}', '$(x)',
  '\u0000', 'a\u0000b', '\u0001\u001b[31m', '\u007f', '\u0085', '\u2028\u2029', '\ufeffbom', '\u202eright to left', '\u2066isolated', '\u200b', '\u00ad',
  'e\u0301', '\u00e9', 'Z\u0351\u036b\u0343\u036a\u0302', '\ufdfd', '\uffff', '\ufffe', '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}', '\u{1D5A0}\u{10FFFF}', 'İıſK', 'ﬀ', 'ẞß',
  new Raw('"\\ud800"'), new Raw('"\\udc00x"'), new Raw('"a\\ud83d"'), new Raw('"\\u0000"'), new Raw('"\\ud800\\u0041"'),
  "'; drop table torch.nodes; --", '1 or 1=1', '$1', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '=cmd|calc', '../../etc/passwd', 'C:\\con', 'CON', 'aux',
  'a\r\nX-Injected: 1', 'javascript:alert(1)', '\\u0041', 'a,b;c', '*', '?', '#', '&a=b', 'up', 'down', 'worst', 'self', 'default', '__proto__', 'constructor',
  long(199), long(200), long(201), long(512, 'ä'), long(513), long(8192), long(8193), long(4097, 'ä'), long(65_536), long(70_000, '\u{1F525}'),
];

export const numbers = [
  '0', '-0', '-0.0', '1', '-1', '0.5', '1e0', '1E+2', '2147483647', '2147483648', '-2147483649', '4294967296', '9007199254740991', '9007199254740993',
  '9223372036854775807', '9223372036854775808', '-9223372036854775809', '18446744073709551616', '1e-400', '4.9e-324', '1.7976931348623157e308', '1.8e308', '1e400',
  '-1e999', '1e999999999', `1${long(400, '0')}`, `0.${long(400, '3')}`, '79228162514264337593543950336', '1e19', '3.0', '2e0',
].map((text) => new Raw(text));

/** Numbers that are none; as values and as bodies. */
export const noNumbers = ['NaN', 'Infinity', '-Infinity', '+1', '01', '.5', '1.', '1e', '0x1F', '1_000', '１', '--1', '1 2'].map((text) => new Raw(text));

export const times = [
  '2026-01-31T08:00:00Z', '2026-01-31t08:00:00z', '2026-01-31 08:00:00Z', '2026-01-31T08:00:00+14:00', '2026-01-31T08:00:00-14:00', '2026-01-31T08:00:00+14:01',
  '2026-01-31T08:00:00.123456789Z', '2026-01-31T08:00:00.1234567890123Z', '2026-02-29T00:00:00Z', '2024-02-29T00:00:00Z', '2026-12-31T23:59:60Z', '2026-01-31T24:00:00Z',
  '2026-01-31T25:00:00Z', '2026-13-01T00:00:00Z', '2026-00-00T00:00:00Z', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00+14:00', '1969-12-31T23:59:59Z',
  '1970-01-01T00:00:00Z', '1970-01-01T00:00:00+01:00', '1969-12-31T23:30:00-01:00', '9998-12-31T23:59:59Z', '9998-12-31T23:59:59-14:00', '9999-12-31T23:59:59.9999999Z', '9999-12-31T23:59:59-14:00', '10000-01-01T00:00:00Z',
  '+002026-01-31T08:00:00Z', '-2026-01-31T08:00:00Z', '2026-01-31', '08:00:00', '2026-01-31T08:00:00', '2026-W05-6T08:00:00Z', '20260131T080000Z', '1767225600', 'now', 'infinity',
  '-infinity', 'epoch', 'today', '2026-01-31T08:00:00 Z', ' 2026-01-31T08:00:00Z', '2026-01-31T08:00:00+00:00Z', '2026-01-31T08:00:00Europe/Berlin', '31.01.2026 08:00:00+00:00',
  '2026-01-31T08:00:00+1:00', '２０２６-01-31T08:00:00Z', '2026-01-31T08:00:00−01:00',
];

export const durations = [
  'PT0S', 'PT1S', 'PT0.001S', 'PT1.0000001S', '-PT5S', 'P1D', 'P1Y', 'P1M', 'P1W', 'P10675199DT2H48M5.4775807S', 'P10675200D', 'P99999999999D', 'PT9223372036854775807S',
  'PT1e5S', 'P', 'PT', 'T5S', 'PT5', '5S', 'pt5s', 'PT5S5M', 'PT 5S', '00:00:05', '5', 'PT٥S', 'P1DT', 'PT1H-5M', 'PT30M', 'PT24H', 'P400D', 'P3650D',
];

/** Addresses of this machine and of cloud metadata in every spelling known; none leads to another machine. */
export const urls = [
  'http://127.0.0.1:9/', 'http://127.1:9/', 'http://2130706433:9/', 'http://0x7f000001:9/', 'http://0177.0.0.1:9/', 'http://127.0.0.1.:9/', 'http://0:9/', 'http://0.0.0.0:9/',
  'http://[::1]:9/', 'http://[::]:9/', 'http://[::ffff:127.0.0.1]:9/', 'http://[::ffff:7f00:1]:9/', 'http://[64:ff9b::7f00:1]:9/', 'http://[2002:7f00:1::]:9/', 'http://[0:0:0:0:0:0:0:1%25lo]:9/',
  'http://①②⑦.⓪.⓪.①:9/', 'http://localhost:9/', 'http://LOCALHOST:9/', 'http://localhost.:9/', 'http://169.254.169.254/latest/meta-data/', 'http://[::ffff:169.254.169.254]/',
  'http://2852039166/', 'http://0xa9fea9fe/', 'http://[fd00:ec2::254]/', 'http://[fe80::1]/', 'http://[64:ff9b::a9fe:a9fe]/', 'http://[2002:a9fe:a9fe::]/', 'http://169.254.169.254.:80/',
  'http://user:password@127.0.0.1:9/', 'http://127.0.0.1:9@169.254.169.254/', 'http://127.0.0.1:9#@169.254.169.254/', 'http://127.0.0.1:9\\@169.254.169.254/', 'http://127.0.0.1:0/',
  'http://127.0.0.1:65535/', 'http://127.0.0.1:65536/', 'http://127.0.0.1:-1/', 'http://127.0.0.1:/', 'http://:80/', 'http://', 'http:///', 'http:127.0.0.1', '//127.0.0.1/', '127.0.0.1', 'file:///etc/passwd',
  'gopher://127.0.0.1:25/', 'ftp://127.0.0.1/', 'data:text/plain,x', 'javascript:alert(1)', 'unix:///run/x.sock', 'ws://127.0.0.1/', 'HTTP://127.0.0.1:9/', 'http://127.0.0.1:9/ x', 'http://127.0.0.1:9/\r\nX-Injected: 1',
  'http://127.0.0.1:9/%0d%0aX:1', 'http://127.0.0.1:9/\u0000', 'http://xn--/', 'http://xn--a/', 'http://a..invalid/', `http://${long(64, 'a')}.invalid/`, `http://${long(250, 'a.')}invalid/`, `http://127.0.0.1:9/${long(9000)}`,
  'http://[::1', 'http://::1/', 'http://[v1.x]/', 'http://256.256.256.256/', 'http://1.2.3.4.5.invalid/', 'http://-.invalid/', 'http://_.invalid/', 'http://ﬀ.invalid/', 'http://%31%32%37.0.0.1:9/', 'http://127。0。0。1:9/',
];

export const regexes = [
  '.*', '^$', '', '(a+)+$', '(a|a)*b', '(?=x)', '(?!x)', '(?<=x)y', '(a)\\1', '(?>a)', '[', '(', ')', '*', '+', '?', '{', 'a{2,1}', 'a{99999}', '(a{1000}){1000}', '((((((a{9}){9}){9}){9}){9}){9})',
  'a{2147483648}', '\\', '\\p{L}', '\\p{NoSuch}', '\\x', '\\u12', '\\c', '(?i)x', '(?<n>x)(?<n>y)', '(?n', '[z-a]', '[^]', '[[:alpha:]]', '\\k<n>', '(?(1)a|b)', '\\G', '\\Z', '(?#', '\u0000', long(512, '.'), long(513, '.'),
  long(120, '('), `${long(200, '(')}a${long(200, ')')}`, `(${long(250, '|')})`, '[\\w-\\d]', '[a-z-[aeiou]]', '\u{1F525}+', '(?x) a # c',
];

/** Whole bodies: every way in which JSON can be broken, and some in which it cannot. */
export const bodies = [
  '', ' ', 'null', 'true', '0', '"x"', '[]', '{}', '[null]', '[[]]', '[{}]', '{', '[', '"', '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', '[1,]', '[,1]', '{,}', '{"a" 1}', "{'a':1}", '{a:1}', '{"a":1}{"b":2}',
  '{"a":1} x', '{"a":1}\u0000', '// c\n{}', '/* c */{}', '{"":0}', '{"a":1,"a":2}', '{"__proto__":{"x":1}}', '{"$type":"System.Object"}', '{"$ref":"#"}', '{"a":"\u0001"}', '{"a":"\n"}', '{"a":"\\x"}', '{"a":"\\u12"}', '\u{FEFF}{}', '\u{FEFF}',
  '\u{FEFF}\u{FEFF}{}', 'nul', 'tru', '-', '--1', '{"a":-}', '\u00a0{}', '\f{}', '{}\n\n', '\x1e{}\n', 'a=b&c=d', '<?xml version="1.0"?><a/>', '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--',
  long(33, '[') + long(33, ']'), long(31, '[') + long(31, ']'), long(100_000, '['), long(100_000, '{"a":'), `{"a":${long(5000, '[')}${long(5000, ']')}}`, `{"a":"${long(1_100_000)}"}`, long(1_048_577, ' '),
  ...noNumbers.map(({ text }) => text),
  Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), Buffer.from([0x22, 0xc0, 0x80, 0x22]), Buffer.from([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]),
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), Buffer.from([0x00, 0x7b, 0x00, 0x7d]), Buffer.from([0x1f, 0x8b, 0x08, 0x00]), Buffer.from([0x00]), Buffer.from([0xef, 0xbb]), Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
];

export const contentTypes = [
  undefined, '', 'text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', 'application/json;charset=x', 'APPLICATION/JSON', 'application/problem+json',
  'application/x-ndjson', 'application/jsonx', 'json', 'application/json, text/plain', 'application/json;;;', long(4000, 'a'), '*/*',
];

export const ids = [
  '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '01990000-0000-7000-8000-000000000000', 'not-an-id', '0', '-1', '%00', 'null', '{id}', '01990000000070008000000000000000',
  '{01990000-0000-7000-8000-000000000000}', '01990000-0000-7000-8000-00000000000', '01990000-0000-7000-8000-0000000000000', "1'", 'a/b', '..%2f', '\u{1F525}', '\u202e', long(300), long(6000), 'ZZZZZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZZZZZZZZZ',
];

const cursor = (keys) => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** Cursors that Torch did not give, or not so. */
export const cursors = [
  'x', '!', '====', 'WyJhIiwiYiJd', cursor([]), cursor(['']), cursor(['1']), cursor(['-1']), cursor(['9223372036854775807']), cursor(['9223372036854775808']), cursor(['a', 'b']), cursor(['', '01990000-0000-7000-8000-000000000000']),
  cursor(['z\u0000', '01990000-0000-7000-8000-000000000000']), cursor([null, null]), cursor([long(5000), '01990000-0000-7000-8000-000000000000']), cursor(['\ud800', '01990000-0000-7000-8000-000000000000']), cursor(['9999-12-31T23:59:59.9999999Z', '1', '1']),
  cursor(['0001-01-01T00:00:00Z', '-1', '-1']), cursor(['2026-01-31T08:00:00Z', '9223372036854775807', '2147483647']), cursor(['2026-01-31T08:00:00Z', '9223372036854775808', '2147483648']), cursor([1]), cursor({ a: 1 }), Buffer.from([0x5b, 0x22, 0xff, 0x22, 0x5d]).toString('base64url'),
  cursor(['1', '1', '1', '1']), cursor([long(3000, '[')]), Buffer.from(long(3000, '[')).toString('base64url'), cursor(['infinity', '1', '1']), cursor(['1 ']), cursor(['1,000']), cursor(['٣']),
];

/** Texts for query parameters that hold numbers. */
export const queryNumbers = numbers.map(({ text }) => text).concat(noNumbers.map(({ text }) => text), ['', ' 1', '1,000', 'true', '٣']);
