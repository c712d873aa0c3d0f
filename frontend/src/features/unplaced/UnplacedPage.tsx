export function UnplacedPage() {
  return null;
}
