const widths = [38, 52, 44, 60, 34, 48, 56, 40];

/** Rows of the final height; they appear only after 150 ms. */
export function SkeletonRows({
  rows = 8,
  height = 24,
  indent = false,
}: {
  rows?: number;
  height?: number;
  indent?: boolean;
}) {
  return (
    <div className="pad" aria-hidden="true">
      {widths.slice(0, rows).map((width, i) => (
        <div key={width} className="row" style={{ height }}>
          <span
            className="sk"
            style={{
              width: `${width / 2}%`,
              marginLeft: indent ? ((i % 3) + 1) * 18 : 0,
            }}
          />
          <span className="sk" style={{ width: 64, marginLeft: "auto" }} />
          <span className="sk" style={{ width: "30%" }} />
        </div>
      ))}
    </div>
  );
}
