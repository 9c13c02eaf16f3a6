// The columns of files that are imported. Their ids are those of the command line (docs/cli.md), so that one file does
// for both; the other words are what people call them in their own spreadsheets.

export interface ColumnWords {
  /** As templates have it; the id in other letters. */
  readonly heading: string;
  readonly also: readonly string[];
  /** How its cells are written. */
  readonly about: string;
  readonly example: string;
}

const dates = "2026-01-15 or 15/1/2026";

export const volunteerColumns = {
  external_id: {
    heading: "External ID",
    also: ["id", "ref", "reference", "volunteer id", "volunteer number", "record number", "our number", "number"],
    about: "Your own number for the row. It is not stored, and stands in the files that you download",
    example: "A-0017",
  },
  display_name: {
    heading: "Display name",
    also: ["name", "full name", "volunteer", "volunteer name", "contact name"],
    about: "How they are called in lists. Empty: given and family name",
    example: "Ann Baker",
  },
  given_name: {
    heading: "Given name",
    also: ["first name", "forename", "forenames", "first names", "christian name", "given names", "firstname"],
    about: "First name",
    example: "Ann",
  },
  family_name: {
    heading: "Family name",
    also: ["surname", "last name", "lastname", "second name", "family names"],
    about: "Last name",
    example: "Baker",
  },
  email: {
    heading: "Email",
    also: ["email address", "e mail", "e mail address", "mail"],
    about: "One address",
    example: "ann@example.org",
  },
  phone: {
    heading: "Phone",
    also: [
      "telephone",
      "telephone number",
      "phone number",
      "mobile",
      "mobile number",
      "mobile phone",
      "tel",
      "tel no",
      "contact number",
    ],
    about: "Digits, spaces and + ( ) - .",
    example: "01233 555 0100",
  },
  postcode: {
    heading: "Postcode",
    also: ["post code", "postal code", "zip", "zip code", "address postcode"],
    about: "Of their address, and where they set out from",
    example: "TN23 1PL",
  },
  address: {
    heading: "Address",
    also: ["address lines", "street address", "postal address", "home address"],
    about: "Lines, with semicolons or line breaks between",
    example: "1 Mill Lane; Ashford",
  },
  date_of_birth: {
    heading: "Date of birth",
    also: ["dob", "d o b", "birth date", "birthday", "birthdate", "born"],
    about: dates,
    example: "1984-06-02",
  },
  home_postcode: {
    heading: "Home postcode",
    also: ["travels from", "travel from postcode"],
    about: "Where they set out from, when it is elsewhere",
    example: "",
  },
  home_latitude: {
    heading: "Home latitude",
    also: ["latitude", "lat"],
    about: "The same in degrees north, with home longitude",
    example: "",
  },
  home_longitude: {
    heading: "Home longitude",
    also: ["longitude", "long", "lng", "lon"],
    about: "Degrees east",
    example: "",
  },
  travel_radius_km: {
    heading: "Travel radius km",
    also: [
      "travel radius",
      "travel distance",
      "travel",
      "distance",
      "how far",
      "how far they travel",
      "travel miles",
      "travel radius miles",
      "travel distance miles",
      "miles",
    ],
    about:
      "How far they travel: 8, 8.5 km or 5 miles; under a heading that says miles, a bare number is miles. Empty: remote roles only",
    example: "5 miles",
  },
  accepts_remote: {
    heading: "Accepts remote",
    also: ["remote", "remote roles", "works from home", "from home", "home based", "online"],
    about: "Yes or no",
    example: "yes",
  },
  skills: {
    heading: "Skills",
    also: ["skill", "abilities", "skills and experience", "experience", "can do"],
    about: "Any words for skills, with semicolons between, each with a level from 1 to 5 if you like",
    example: "first aid:4; driving",
  },
  availability: {
    heading: "Availability",
    also: [
      "available",
      "when available",
      "when free",
      "free",
      "times",
      "days and times",
      "days available",
      "usual week",
    ],
    about: "Days with times or parts of the day. Times shrink to the half hour",
    example: "Mon evening; Wed, Fri 6pm-9pm; weekends 10-16",
  },
  causes: {
    heading: "Causes",
    also: ["cause", "interests", "interested in", "cares about"],
    about: "Any words for causes, with semicolons between",
    example: "animal welfare",
  },
  languages: {
    heading: "Languages",
    also: ["language", "languages spoken", "speaks"],
    about: "Names or codes, with semicolons between",
    example: "English; British Sign Language",
  },
  licences: {
    heading: "Licences",
    also: ["licence", "licenses", "license", "certificates", "training", "driving licence"],
    about: "Licences and certificates, each with its last day if it has one",
    example: "car; first aid 2027-05-01",
  },
  checks: {
    heading: "Checks",
    also: ["dbs", "dbs check", "dbs checks", "check"],
    about:
      "DBS checks: level, workforces, date of issue; then, where they apply, list=children, until=2028-03-01, update-service",
    example: "enhanced children 2025-03-01 update-service",
  },
  checks_seen_by: {
    heading: "Checks seen by",
    also: ["dbs seen by", "seen by"],
    about: "Who saw the certificates",
    example: "J. Smith",
  },
  access_needs: {
    heading: "Access needs",
    also: ["access need", "support needed", "support needs", "accessibility"],
    about: "Support that they need. It never lowers a score",
    example: "step-free access",
  },
  sharing: {
    heading: "Sharing",
    also: ["share", "shared", "share with county", "shared with county", "seen by centres"],
    about: "Centre or county; county needs the date of their consent",
    example: "county",
  },
  sharing_consent_date: {
    heading: "Sharing consent date",
    also: [
      "consent date",
      "consent to share date",
      "sharing consent",
      "date of consent",
      "date consent given",
      "agreed to sharing on",
    ],
    about: "When they agreed to be shared with the county’s other centres",
    example: "2026-01-15",
  },
  guardian_consent_date: {
    heading: "Guardian consent date",
    also: ["guardian consent", "parental consent", "parental consent date"],
    about: "When a guardian agreed, for those under 18",
    example: "",
  },
  contact_consent_date: {
    heading: "Contact consent date",
    also: ["contact consent", "consent to contact date"],
    about: "When they agreed to be contacted about roles",
    example: "2026-01-15",
  },
  health_consent_date: {
    heading: "Health consent date",
    also: ["health consent"],
    about: "When they agreed that health or access needs are recorded",
    example: "2026-01-15",
  },
  publicity_consent_date: {
    heading: "Publicity consent date",
    also: ["publicity consent", "photo consent", "photo consent date"],
    about: "When they agreed to photographs and publicity",
    example: "",
  },
  placement_limit: {
    heading: "Placement limit",
    also: ["roles at once", "most roles", "how many roles"],
    about: "How many roles they want at once, 1 to 20. Empty: 1",
    example: "2",
  },
  notes: {
    heading: "Notes",
    also: ["note", "comments", "comment", "remarks"],
    about: "For your own centre only",
    example: "Prefers mornings",
  },
  last_contact_date: {
    heading: "Last contact date",
    also: ["last contact", "last contacted", "last spoken to", "date of last contact"],
    about: `When staff last spoke to them: ${dates}`,
    example: "2026-01-20",
  },
  state: {
    heading: "State",
    also: ["status", "stage"],
    about:
      "Enquiry (as when empty), registered or searching. The last two need a postcode and how far they travel, or remote roles",
    example: "searching",
  },
} as const satisfies Readonly<Record<string, ColumnWords>>;

export const organisationColumns = {
  external_id: {
    heading: "External ID",
    also: ["id", "ref", "reference", "organisation id", "our number"],
    about: "Your own number for the row. It is not stored, and stands in the files that you download",
    example: "O-12",
  },
  display_name: {
    heading: "Display name",
    also: [
      "name",
      "organisation",
      "organisation name",
      "organization",
      "organization name",
      "group",
      "group name",
      "charity name",
    ],
    about: "What it is called",
    example: "Ashford Foodbank",
  },
  kind: {
    heading: "Kind",
    also: ["type", "organisation type", "type of organisation", "legal form", "kind of organisation"],
    about:
      "Charity, CIC, company, unconstituted group, unincorporated association, society, public body, education, faith body or other",
    example: "charity",
  },
  identifiers: {
    heading: "Identifiers",
    also: ["identifier", "org id"],
    about: "Codes of org-id.guide, with semicolons between",
    example: "GB-CHC-1001778",
  },
  charity_number: {
    heading: "Charity number",
    also: ["charity no", "registered charity number", "charity registration number"],
    about: "Instead: the number at the Charity Commission",
    example: "",
  },
  company_number: {
    heading: "Company number",
    also: ["company no", "companies house number", "company registration number"],
    about: "Instead: the number at Companies House",
    example: "",
  },
  accountable_body: {
    heading: "Accountable body",
    also: ["accountable organisation", "parent organisation"],
    about: "For an unconstituted group: the registered organisation that answers for it, by its name or identifier",
    example: "",
  },
  income: {
    heading: "Income",
    also: ["annual income", "yearly income", "turnover"],
    about: "A year’s, in whole pounds",
    example: "£48,500",
  },
  postcodes: {
    heading: "Postcodes",
    also: ["postcode", "post code", "places", "where"],
    about: "Where it works from, with semicolons between",
    example: "TN23 1PL; TN24 8XX",
  },
  districts: {
    heading: "Districts",
    also: ["district", "districts served", "area", "areas served"],
    about: "Districts that it serves: names or codes, with semicolons between",
    example: "Ashford; Swale",
  },
  causes: {
    heading: "Causes",
    also: ["cause", "themes", "sector"],
    about: "Any words for causes, with semicolons between",
    example: "anti-poverty",
  },
  contact_name: {
    heading: "Contact name",
    also: ["contact", "contact person", "main contact", "person"],
    about: "Whom to ask there. This and the next two are for your centre alone",
    example: "Jo Smith",
  },
  contact_email: {
    heading: "Contact email",
    also: ["email", "email address", "e mail"],
    about: "Their address for email",
    example: "jo@example.org",
  },
  contact_phone: {
    heading: "Contact phone",
    also: ["phone", "telephone", "telephone number", "phone number", "contact number", "mobile"],
    about: "Their number",
    example: "01233 555 0199",
  },
  website: {
    heading: "Website",
    also: ["web", "web site", "web address", "url", "homepage"],
    about: "An http or https address",
    example: "https://example.org",
  },
  description: {
    heading: "Description",
    also: ["about", "what it does", "summary", "aims"],
    about: "What it does",
    example: "Food for people in need.",
  },
} as const satisfies Readonly<Record<string, ColumnWords>>;
