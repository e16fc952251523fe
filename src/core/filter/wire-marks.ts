/** Marks that give a field the name that it has on the wire. */
const WIRE =
  /@(?:SerializedName|SerialName|JsonProperty|JsonClass|Json)\b|\[Json(?:Property(?:Name)?|Object)\b|#\[serde\(|\bSerialName\(/
/** Marks that give it a column. */
const STORED = /@(?:Entity|Table|Column(?:Info)?|Document)\b|\bQueryable\b|\bDbSet\b|\bFromRow\b/

/** Whether code declares what is sent over a wire and is not kept in a database. */
export const isOnWire = (lines: readonly { readonly text: string }[]) =>
  lines.some(({ text }) => WIRE.test(text)) && !lines.some(({ text }) => STORED.test(text))
