export function CheckPage() {
  return null;
}
export function NewCheckPage() {
  return null;
}
