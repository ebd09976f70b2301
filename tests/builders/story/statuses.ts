// NTSTATUS values that decide what a failed call means (etl-format 4.2).

export const STATUS = {
  success: 0,
  tooManyAddresses: 0xc0000209,
  addressAlreadyExists: 0xc000020a,
  accessDenied: 0xc0000022,
  sharingViolation: 0xc0000043,
  connectionRefused: 0xc0000236,
  timeout: 0xc00000b5,
} as const;
