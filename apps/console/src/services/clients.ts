// The services, as a caller with a credential calls them. Everything that a page asks goes through here.
import type { DescService } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { ConnectError, createClient } from "@connectrpc/connect";
import type { Client, Interceptor, Transport } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";

import { MatchingService } from "#protos/brokerage/matching/v1/matching_service_pb";
import { OpportunityService } from "#protos/brokerage/matching/v1/opportunity_service_pb";
import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";
import { ReportService } from "#protos/brokerage/matching/v1/report_service_pb";
import { VolunteerService } from "#protos/brokerage/matching/v1/volunteer_service_pb";
import { CentreService } from "#protos/brokerage/registry/v1/centre_service_pb";
import { OrganisationService } from "#protos/brokerage/registry/v1/organisation_service_pb";
import { ReferenceService } from "#protos/brokerage/registry/v1/reference_service_pb";

import { isOfTransport } from "./failure.ts";

/** What a page may call, as one caller. */
export interface Clients {
  readonly volunteers: Client<typeof VolunteerService>;
  readonly opportunities: Client<typeof OpportunityService>;
  readonly matching: Client<typeof MatchingService>;
  readonly referrals: Client<typeof ReferralService>;
  readonly reports: Client<typeof ReportService>;
  readonly organisations: Client<typeof OrganisationService>;
  readonly centres: Client<typeof CentreService>;
  readonly reference: Client<typeof ReferenceService>;
}

/** A page is of no use to anyone who waits longer. */
const callLimitMs = 10_000;

/** A connection that the other side closed a moment ago shows as a fault of the transport's: a read is tried again, once. */
const retryReads: Interceptor = (next) => async (request) => {
  const isRead = request.method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
  try {
    return await next(request);
  } catch (error) {
    const isLost = isOfTransport(ConnectError.from(error));
    if (request.stream || !isRead || !isLost || request.signal.aborted) throw error;
    return await next(request);
  }
};

/** `transport` with the header that lets `credential`'s holder in: connections are shared by all. */
function asCaller(transport: Transport, credential: string): Transport {
  const withCredential = (header: ConstructorParameters<typeof Headers>[0]) => {
    const headers = new Headers(header);
    headers.set("authorization", `Bearer ${credential}`);
    return headers;
  };
  return {
    unary: (method, signal, timeout, header, input, values) =>
      transport.unary(method, signal, timeout, withCredential(header), input, values),
    stream: (method, signal, timeout, header, input, values) =>
      transport.stream(method, signal, timeout, withCredential(header), input, values),
  };
}

/** `address` is HOST:PORT. Nothing is connected before the first call. */
export function transportTo(address: string): Transport {
  return createGrpcTransport({
    baseUrl: `http://${address}`,
    defaultTimeoutMs: callLimitMs,
    interceptors: [retryReads],
  });
}

export class Services {
  private readonly matching: Transport;
  private readonly registry: Transport;

  /** Each address is HOST:PORT. */
  constructor(matching: string, registry: string) {
    this.matching = transportTo(matching);
    this.registry = transportTo(registry);
  }

  as(credential: string): Clients {
    const matching = <S extends DescService>(service: S) => createClient(service, asCaller(this.matching, credential));
    const registry = <S extends DescService>(service: S) => createClient(service, asCaller(this.registry, credential));
    return {
      volunteers: matching(VolunteerService),
      opportunities: matching(OpportunityService),
      matching: matching(MatchingService),
      referrals: matching(ReferralService),
      reports: matching(ReportService),
      organisations: registry(OrganisationService),
      centres: registry(CentreService),
      reference: registry(ReferenceService),
    };
  }
}
