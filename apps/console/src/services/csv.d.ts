// Tables of the reference data are built into the console as text.
declare module "*.csv" {
  const text: string;
  export default text;
}
