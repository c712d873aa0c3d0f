/** Every shape and icon once; the rest of the page refers to them. */
export function Sprite() {
  return (
    <svg className="defs" aria-hidden="true">
      <defs>
        <symbol id="circle" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="5" stroke="none" />
        </symbol>
        <symbol id="triangle" viewBox="0 0 16 16">
          <path d="M8 2.4 14.2 13.2H1.8Z" strokeWidth="1" strokeLinejoin="round" />
        </symbol>
        <symbol id="square" viewBox="0 0 16 16">
          <rect x="2.8" y="2.8" width="10.4" height="10.4" rx=".8" stroke="none" />
        </symbol>
        <symbol id="octagon" viewBox="0 0 16 16">
          <path
            d="M14.1 10.53 10.53 14.1H5.47L1.9 10.53V5.47L5.47 1.9h5.06L14.1 5.47Z M4.6 6.9V9.1H11.4V6.9Z"
            fillRule="evenodd"
            stroke="none"
          />
        </symbol>
        <symbol id="diamond" viewBox="0 0 16 16">
          <path d="M8 1.6 14.4 8 8 14.4 1.6 8Z" stroke="none" />
        </symbol>
        <symbol id="ring" viewBox="0 0 16 16">
          <circle cx="8" cy="8" r="4.4" fill="none" strokeWidth="1.8" />
        </symbol>
        <symbol id="wrench" viewBox="0 0 16 16">
          <path d="M3 13 8.6 7.4" strokeWidth="2.6" strokeLinecap="round" fill="none" />
          <path d="M13.9 4.9A3.1 3.1 0 1 1 11.1 2.1" strokeWidth="2.3" strokeLinecap="butt" fill="none" />
        </symbol>
        <symbol id="bars" viewBox="0 0 16 16">
          <rect x="3.6" y="3" width="3.2" height="10" rx=".6" stroke="none" />
          <rect x="9.2" y="3" width="3.2" height="10" rx=".6" stroke="none" />
        </symbol>
        {Object.entries(icons).map(([id, d]) => (
          <symbol key={id} id={`i-${id}`} viewBox="0 0 16 16">
            <path d={d} />
          </symbol>
        ))}
        <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill="var(--nodata-2)" />
          <rect width="1.5" height="4" fill="var(--nodata)" />
        </pattern>
        {/* No data, and why: crossed where the other is only hatched. */}
        <pattern id="lost" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill="var(--nodata-2)" />
          <path d="M0 0H6M0 0V6" stroke="var(--nodata)" strokeWidth="2" />
        </pattern>
      </defs>
    </svg>
  );
}

const icons = {
  tree: "M2.5 3.5h4M2.5 3.5v9h4M2.5 8h4M9 3.5h4.5M9 8h4.5M9 12.5h4.5",
  alert: "M8 2.2 14 13H2ZM8 6.4v3M8 11.2v.1",
  bell: "M4 11.500V7a4 4 0 0 1 8 0v4.500M2.500 11.500h11M7 13.700h2",
  inbox: "M2.5 9 4.6 3.2h6.8L13.5 9v3.8h-11ZM2.5 9h3.2l1 1.6h2.6l1-1.6h3.2",
  target: "M8 2a6 6 0 1 0 6 6M8 5a3 3 0 1 0 3 3M8 8l5.6-5.6",
  antenna:
    "M8 8.500V14M5.500 14h5M8 7.200v.1M5.200 9.600a3.800 3.800 0 0 1 0-5.300M10.800 9.600a3.800 3.800 0 0 0 0-5.300M3.200 11.600a6.600 6.600 0 0 1 0-9.300M12.800 11.600a6.600 6.600 0 0 0 0-9.300",
  print: "M4.500 6V2.500h7V6M4.500 11h-2V6h11v5h-2M4.500 9.500h7v4h-7Z",
  clock: "M8 2.2a5.8 5.8 0 1 0 .01 0M8 4.8V8l2.2 1.6",
  pulse: "M1.8 8.4h2.8l1.8-5 3 9.4 1.8-4.4h3",
  rules: "M2.5 3.5h7M2.5 8h4.500M2.5 12.5h7M10 8l1.6 1.6L14 6",
  search: "M7 2.5a4.5 4.5 0 1 0 .01 0M10.4 10.4 13.5 13.5",
  menu: "M2.5 4h11M2.5 8h11M2.5 12h11",
  table: "M2.5 3h11v10h-11ZM2.5 6.3h11M2.5 9.6h11",
  tiles: "M2.5 2.500h4.700v4.700H2.500ZM9 2.500h4.500v4.700H9ZM2.500 9h4.700v4.500H2.500ZM9 9h4.500v4.500H9Z",
  treemap: "M2.500 2.500h11v11h-11ZM8.500 2.500v11M8.500 8h5",
  graph: "M3 3h4v3H3ZM9.500 6.500h4v3h-4ZM3 10h4v3H3ZM7 4.500h1.200v7H7M8.200 8h1.300",
  chevron: "M6 3.5 10.5 8 6 12.5",
  check: "M3 8.5 6.5 12 13 4.5",
  cross: "M4 4l8 8M12 4l-8 8",
  dash: "M4 8h8",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  plus: "M8 3v10M3 8h10",
  up: "M8 13V3M4 7l4-4 4 4",
  moon: "M13 9.6A5.6 5.6 0 1 1 6.4 3a4.6 4.6 0 0 0 6.6 6.6Z",
  sun: "M8 5a3 3 0 1 0 .01 0M8 1.500v1.2M8 13.300v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.400l.9.9M11.7 11.700l.9.9M3.4 12.600l.9-.9M11.7 4.300l.9-.9",
  auto: "M8 2.200a5.8 5.8 0 1 0 .01 0M8 2.200v11.600M8 5h4.500M8 8h5.700M8 11h4.5",
  wrench: "M3 13 8.4 7.6M13.9 4.9A3.1 3.1 0 1 1 11.1 2.1",
  calendar: "M2.5 3.500h11v10h-11ZM2.5 6.500h11M5.5 2v2.500M10.500 2v2.500",
  ack: "M1.500 8.800 4.300 11.600 9.800 4.800M7.200 11.100l.6.5 6.200-6.800",
  pencil: "M11.2 2.600 13.400 4.800 5.600 12.600 2.600 13.400 3.400 10.400Z",
  flap: "M1.500 8 4 3.800 7 12.200 10 3.800 12.500 12.200 14.500 8",
  mute: "M4 7a4 4 0 0 1 8 0c0 2.800 1.200 3.800 1.200 3.800H2.800S4 9.800 4 7M6.800 13.200a1.400 1.400 0 0 0 2.400 0M2 2l12 12",
  people:
    "M6 2.500a2.600 2.600 0 1 0 .01 0M1.500 13.500a4.500 4.500 0 0 1 9 0M10.600 2.900a2.600 2.600 0 0 1 0 4.600M12.200 9.900a4.500 4.500 0 0 1 2.300 3.600",
  globe:
    "M8 2.200a5.800 5.800 0 1 0 .01 0M2.200 8h11.600M8 2.200c-3.200 3.400-3.200 8.200 0 11.600M8 2.200c3.200 3.400 3.200 8.200 0 11.600",
  key: "M5 5.500a2.600 2.600 0 1 0 .01 0M7.600 8h6.400v2.500M11 8v2",
  sliders: "M2.500 4.500h7M12.500 4.500h1M2.500 11.500h1M6.500 11.500h7M11 3v3M5 10v3",
  brand:
    "M8.2 1.2c.5 2.2-.6 3.3-1.8 4.7C5.2 7.2 4.3 8.5 4.3 10.2c0 2.6 1.7 4.5 3.9 4.5 2.1 0 3.7-1.7 3.7-4 0-1.5-.6-2.6-1.3-3.5-.2 1-.7 1.6-1.5 1.9.5-2.8-.1-6-.9-7.900Z",
} as const;

export type IconName = keyof typeof icons;
