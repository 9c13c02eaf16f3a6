import { ReferralService } from "#protos/brokerage/matching/v1/referral_service_pb";

import { get, post } from "../../server/page.ts";
import type { Feature } from "../../server/page.ts";
import { texts } from "../../texts/en-GB/index.ts";
import { referralAddress as address } from "../shared/referrals/address.ts";
import { referralSearch } from "../shared/referrals/terms.ts";
import { showBoard } from "./board.ts";
import { searchReferrals, showReferrals } from "./list.ts";
import { addNote, askReferralStep, showContact, takeReferralStep } from "./steps.ts";
import { showReferral } from "./view.ts";

const { method } = ReferralService;
const read = [method.listReferrals];

export const referrals: Feature = {
  navigation: { text: texts.referrals.title, href: "/referrals", needs: read },
  routes: [
    get("/referrals", read, showBoard),
    get(referralSearch.path, read, showReferrals),
    post(referralSearch.path, read, searchReferrals),
    get(address, read, showReferral),
    get(`${address}/steps/:step`, read, askReferralStep),
    post(`${address}/steps/:step`, read, takeReferralStep),
    post(`${address}/notes`, [...read, method.addNote], addNote),
    post(`${address}/contact`, [...read, method.getReferral], showContact),
  ],
};
