import type { ProblemId } from "../problem/catalog.ts";
import { ProblemError } from "../problem/problem.ts";
import { type Address, withoutSecrets } from "./address.ts";
import { storeSchemes } from "./store-schemes.ts";

/** What store.py tells of a failure: the names of the exceptions' classes, the codes of the store, the messages. */
export interface StoreFailure {
  readonly types: readonly string[];
  readonly codes: readonly string[];
  readonly message: string;
}

interface Reading {
  readonly id: ProblemId;
  readonly signs: RegExp;
  /** What is told after the address. */
  readonly says: string;
  readonly mend: string;
}

/** How the failures of the stores' clients are read: the first whose sign is among the classes and codes. */
const readings: readonly Reading[] = [
  {
    id: "RP365",
    signs: /^(NoCredentialsError|PartialCredentialsError|ProfileNotFound|SSOTokenLoadError|UnauthorizedSSOTokenError)$/,
    says: "there are no credentials for it here",
    mend: "{credentials}.",
  },
  {
    id: "RP365",
    signs: /^(DefaultCredentialsError|CredentialUnavailableError|LocalTokenNotFoundError|RefreshError)$/,
    says: "there are no credentials for it here",
    mend: "{credentials}.",
  },
  {
    id: "RP364",
    signs: /^(AuthorizationHeaderMalformed|PermanentRedirect|IllegalLocationConstraintException)$/,
    says: "its bucket is in another region",
    mend: "Name the bucket's region: AWS_REGION=..., or in AWS_PROFILE's profile.",
  },
  {
    id: "RP364",
    signs:
      /^(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|AuthenticationFailed|StorageErrorCode\.AUTHENTICATION_FAILED|ClientAuthenticationError|401)$/,
    says: "its credentials are not accepted",
    mend: "They are wrong or have expired: {credentials}.",
  },
  {
    id: "RP364",
    signs: /^(PermissionError|AccessDenied|Forbidden|403|GatedRepoError)$/,
    says: "access is denied",
    mend: "Ask for the right to it, or use other credentials: {credentials}.",
  },
  {
    id: "RP363",
    signs: /^(FileNotFoundError|NoSuchKey|NoSuchBucket|RepositoryNotFoundError|EntryNotFoundError|404)$/,
    says: "there is nothing of this name",
    mend: "Check the bucket and the path.",
  },
  {
    id: "RP366",
    signs:
      /^(TimeoutError|EndpointConnectionError|ConnectTimeoutError|ReadTimeoutError|ClientConnectionError|ClientConnectorError|ServiceRequestError|ConnectionError|ConnectError|ConnectionRefusedError|gaierror|SSLError)$/,
    says: "it does not answer",
    mend: "Check the network, HTTPS_PROXY and the certificates (SSL_CERT_FILE).",
  },
  {
    id: "RP365",
    signs: /^ValueError$/,
    says: "it cannot be asked",
    mend: "{credentials}.",
  },
];

const otherwise: Omit<Reading, "signs"> = {
  id: "RP366",
  says: "the store refused",
  mend: "Mend what its message names.",
};

/** A failure of a store as a problem. What its client wrote is told without keys, tokens and signatures. */
export function storeProblem(address: Address, scheme: string, failure: StoreFailure): ProblemError {
  const told = [...failure.types, ...failure.codes];
  const { id, says, mend } = readings.find(({ signs }) => told.some((sign) => signs.test(sign))) ?? otherwise;
  const credentials = storeSchemes[scheme]?.credentials ?? "";
  return new ProblemError({
    id,
    message: `${address.shown}: ${says}`,
    mend: capitalised(mend.replace("{credentials}", credentials)),
    cause: withoutKeys(failure.message, address),
  });
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Addresses in a message lose their query and user; the address itself is told as everywhere. */
export function withoutKeys(message: string, { text, shown }: Address): string {
  return message
    .replaceAll(text, shown)
    .replaceAll(/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]{1,4000}/gi, (address) => withoutSecrets(address));
}
