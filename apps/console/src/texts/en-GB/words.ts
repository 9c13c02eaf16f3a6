// What the contract's enums are called.
import { BarredList, CheckLevel, EligibilityBasis, Workforce } from "#protos/brokerage/common/v1/check_pb";
import { LicenceKind } from "#protos/brokerage/common/v1/licence_pb";
import { Sharing } from "#protos/brokerage/common/v1/sharing_pb";
import { Role } from "#protos/brokerage/common/v1/access_pb";
import { Opportunity_State } from "#protos/brokerage/matching/v1/opportunity_pb";
import { Consent_Purpose, Volunteer_State } from "#protos/brokerage/matching/v1/volunteer_pb";
import {
  Organisation_Kind,
  Organisation_State,
  SizeBand,
  Verification_Stage,
} from "#protos/brokerage/registry/v1/organisation_pb";

/** A word for a state, and the colour of its tag. */
export interface StateWord {
  readonly text: string;
  readonly colour: string;
}

export const volunteerStates: Readonly<Record<Volunteer_State, StateWord>> = {
  [Volunteer_State.UNSPECIFIED]: { text: "Not stated", colour: "grey" },
  [Volunteer_State.ENQUIRY]: { text: "Enquiry", colour: "yellow" },
  [Volunteer_State.REGISTERED]: { text: "Registered", colour: "blue" },
  [Volunteer_State.SEARCHING]: { text: "Searching", colour: "green" },
  [Volunteer_State.PLACED]: { text: "Placed", colour: "teal" },
  [Volunteer_State.ON_BREAK]: { text: "On break", colour: "orange" },
  [Volunteer_State.LEFT]: { text: "Left", colour: "grey" },
};

export const opportunityStates: Readonly<Record<Opportunity_State, StateWord>> = {
  [Opportunity_State.UNSPECIFIED]: { text: "Not stated", colour: "grey" },
  [Opportunity_State.DRAFT]: { text: "Draft", colour: "yellow" },
  [Opportunity_State.SUBMITTED]: { text: "Submitted", colour: "blue" },
  [Opportunity_State.OPEN]: { text: "Open", colour: "green" },
  [Opportunity_State.REJECTED]: { text: "Rejected", colour: "red" },
  [Opportunity_State.PAUSED]: { text: "Paused", colour: "orange" },
  [Opportunity_State.FILLED]: { text: "Filled", colour: "teal" },
  [Opportunity_State.EXPIRED]: { text: "Expired", colour: "orange" },
  [Opportunity_State.CLOSED]: { text: "Closed", colour: "grey" },
  [Opportunity_State.DELETED]: { text: "Deleted", colour: "grey" },
};

export const checkLevels: Readonly<Record<CheckLevel, string>> = {
  [CheckLevel.UNSPECIFIED]: "Not stated",
  [CheckLevel.NONE]: "No check",
  [CheckLevel.BASIC]: "Basic",
  [CheckLevel.STANDARD]: "Standard",
  [CheckLevel.ENHANCED]: "Enhanced",
  [CheckLevel.ENHANCED_BARRED]: "Enhanced with barred list",
};

export const workforces: Readonly<Record<Workforce, string>> = {
  [Workforce.UNSPECIFIED]: "not stated",
  [Workforce.CHILDREN]: "children",
  [Workforce.ADULTS]: "adults",
  [Workforce.OTHER]: "other",
};

export const barredLists: Readonly<Record<BarredList, string>> = {
  [BarredList.UNSPECIFIED]: "not stated",
  [BarredList.CHILDREN]: "children’s barred list",
  [BarredList.ADULTS]: "adults’ barred list",
};

export const eligibilityBases: Readonly<Record<EligibilityBasis, string>> = {
  [EligibilityBasis.UNSPECIFIED]: "Not stated",
  [EligibilityBasis.NONE]: "Nothing: at most a basic check",
  [EligibilityBasis.EXCEPTIONS_ORDER]: "Named in the Exceptions Order 1974: at most a standard check",
  [EligibilityBasis.WORK_WITH_CHILDREN]: "Work with children: at most an enhanced check",
  [EligibilityBasis.WORK_WITH_ADULTS]: "Work with adults: at most an enhanced check",
  [EligibilityBasis.REGULATED_ACTIVITY_CHILDREN]: "Regulated activity with children: and their barred list",
  [EligibilityBasis.REGULATED_ACTIVITY_ADULTS]: "Regulated activity with adults: and their barred list",
};

export const licenceKinds: Readonly<Record<LicenceKind, string>> = {
  [LicenceKind.UNSPECIFIED]: "Not stated",
  [LicenceKind.CAR]: "Driving licence, cars (B)",
  [LicenceKind.MOTORCYCLE]: "Driving licence, motorcycles (A)",
  [LicenceKind.MEDIUM_GOODS_VEHICLE]: "Driving licence, vans and lorries to 7.5 tonnes (C1)",
  [LicenceKind.LARGE_GOODS_VEHICLE]: "Driving licence, large goods vehicles (C)",
  [LicenceKind.MINIBUS]: "Driving licence, minibuses (D1)",
  [LicenceKind.BUS]: "Driving licence, buses (D)",
  [LicenceKind.MINIBUS_AWARENESS]: "MiDAS minibus driver awareness",
  [LicenceKind.FIRST_AID]: "First aid",
  [LicenceKind.MENTAL_HEALTH_FIRST_AID]: "Mental health first aid",
  [LicenceKind.FOOD_HYGIENE]: "Food hygiene, level 2",
  [LicenceKind.SAFEGUARDING_CHILDREN]: "Safeguarding training, children",
  [LicenceKind.SAFEGUARDING_ADULTS]: "Safeguarding training, adults",
  [LicenceKind.MOVING_AND_HANDLING]: "Moving and handling",
  [LicenceKind.SPORTS_COACHING]: "Sports coaching",
  [LicenceKind.LIFEGUARD]: "Lifeguard",
  [LicenceKind.POWERBOAT]: "Powerboat handling",
  [LicenceKind.CHAINSAW]: "Chainsaw maintenance and cross-cutting",
  [LicenceKind.FORKLIFT]: "Forklift operation",
  [LicenceKind.TEACHING]: "Teaching qualification",
  [LicenceKind.ADVICE]: "Advice quality training",
};

export const sharings: Readonly<Record<Sharing, string>> = {
  [Sharing.UNSPECIFIED]: "Own centre only",
  [Sharing.CENTRE]: "Own centre only",
  [Sharing.COUNTY]: "Every centre of the county",
};

export const consentPurposes: Readonly<Record<Consent_Purpose, string>> = {
  [Consent_Purpose.UNSPECIFIED]: "Not stated",
  [Consent_Purpose.SHARING]: "Sharing with the county’s other centres",
  [Consent_Purpose.GUARDIAN]: "A guardian’s consent",
  [Consent_Purpose.CONTACT]: "Being contacted about roles",
  [Consent_Purpose.HEALTH]: "Records of health and access needs",
  [Consent_Purpose.PUBLICITY]: "Photographs and publicity",
};

export const organisationKinds: Readonly<Record<Organisation_Kind, string>> = {
  [Organisation_Kind.UNSPECIFIED]: "Not stated",
  [Organisation_Kind.CHARITY]: "Registered charity",
  [Organisation_Kind.CIC]: "Community interest company",
  [Organisation_Kind.COMPANY]: "Other company",
  [Organisation_Kind.UNCONSTITUTED_GROUP]: "Unconstituted group",
  [Organisation_Kind.UNINCORPORATED_ASSOCIATION]: "Unincorporated association",
  [Organisation_Kind.SOCIETY]: "Community benefit or co-operative society",
  [Organisation_Kind.PUBLIC_BODY]: "Public body",
  [Organisation_Kind.EDUCATION]: "School, college or university",
  [Organisation_Kind.FAITH_BODY]: "Faith body",
  [Organisation_Kind.OTHER]: "Other",
};

export const organisationStates: Readonly<Record<Organisation_State, StateWord>> = {
  [Organisation_State.UNSPECIFIED]: { text: "Not stated", colour: "grey" },
  [Organisation_State.ACTIVE]: { text: "Active", colour: "green" },
  [Organisation_State.SUSPENDED]: { text: "Suspended", colour: "red" },
  [Organisation_State.DELETED]: { text: "Deleted", colour: "grey" },
};

export const sizeBands: Readonly<Record<SizeBand, string>> = {
  [SizeBand.UNSPECIFIED]: "",
  [SizeBand.MICRO]: "micro, under £10,000",
  [SizeBand.SMALL]: "small, under £100,000",
  [SizeBand.MEDIUM]: "medium, under £1 million",
  [SizeBand.LARGE]: "large, under £10 million",
  [SizeBand.MAJOR]: "major, under £100 million",
  [SizeBand.SUPER_MAJOR]: "super-major, £100 million and more",
};

export const verificationStages: Readonly<Record<Verification_Stage, string>> = {
  [Verification_Stage.UNSPECIFIED]: "Not stated",
  [Verification_Stage.UNVERIFIED]: "Not verified",
  [Verification_Stage.CONTACT_CONFIRMED]: "Contact confirmed",
  [Verification_Stage.REGISTER_CHECKED]: "Found in a register, or vouched for",
  [Verification_Stage.DOCUMENTS_SEEN]: "Policies and insurance seen",
  [Verification_Stage.VISITED]: "Visited",
};

export const roles: Readonly<Record<Role, string>> = {
  [Role.UNSPECIFIED]: "Not stated",
  [Role.PUBLIC]: "Public",
  [Role.READER]: "Reader",
  [Role.CASEWORKER]: "Caseworker",
  [Role.MANAGER]: "Manager",
  [Role.CENTRE_ADMIN]: "Centre administrator",
  [Role.LEAD_ADMIN]: "Lead administrator",
  [Role.SERVICE]: "Service",
};
