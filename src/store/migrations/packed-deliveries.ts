/** Version 5: the bodies of deliveries arrive packed, so the database need not try it again. */
export const packedDeliveries = `
alter table inbox alter column body set storage external;
`
