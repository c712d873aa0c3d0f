import { Fragment } from "react";

/** A name as scripts write them, `settlement/queue.night`: where it is too long, its line ends after a sign. */
export function Name({ of }: { of: string }) {
  const [first, ...more] = of.split(/(?<=[/._:])/);
  let at = first?.length ?? 0;
  return (
    <>
      {first}
      {more.map((part) => {
        at += part.length;
        return (
          <Fragment key={at}>
            <wbr />
            {part}
          </Fragment>
        );
      })}
    </>
  );
}
