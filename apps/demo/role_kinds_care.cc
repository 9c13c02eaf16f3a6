#include "apps/demo/role_kinds.h"

namespace brokerage::demo {

std::vector<RoleKind> CareRoleKinds() {
  return {
      {.key = "food bank session",
       .titles = {"Food bank session helper", "Welcome volunteer at the food bank", "Food parcel packer"},
       .description =
           "Make people feel welcome at our session in {town}, talk through what they need and pack their "
           "parcel with them. Somebody experienced is always there.",
       .skills = "spoken-communication:2:4 empathy:2:4 manual-handling:1:2 customer-service:1:2",
       .causes = "anti-poverty low-income-households",
       .timings = {Timing::kDayShift, Timing::kDayShift, Timing::kAnyShift},
       .youngest = 16,
       .fewest_places = 2,
       .most_places = 8},
      {.key = "food collection driver",
       .titles = {"Food collection driver", "Van driver for surplus food"},
       .description =
           "Collect surplus food from shops around {town} and bring it to our store in our own van. "
           "Routes take two to three hours, and there is some lifting.",
       .skills = "driving:3:5! van-driving:2:3 delivery:1:2",
       .licences = "car",
       .causes = "anti-poverty environment",
       .timings = {Timing::kDayShift, Timing::kEvening, Timing::kAnyShift},
       .youngest = 21,
       .oldest = 75},
      {.key = "food store",
       .titles = {"Food store volunteer", "Warehouse volunteer"},
       .description =
           "Unload, weigh, sort and shelve donations in our store near {town}, so that each session gets "
           "what it needs.",
       .skills = "logistics:2:4 manual-handling:2:4 forklift:2:2",
       .causes = "anti-poverty",
       .timings = {Timing::kDayShift, Timing::kTwoDayShifts},
       .youngest = 18,
       .most_places = 5},
      {.key = "community cook",
       .titles = {"Community cook", "Cook for the community lunch"},
       .description =
           "Plan and cook a hot lunch for about forty people with a small team in {town}. You lead the "
           "kitchen for the day.",
       .skills = "cooking:3:5! food-hygiene:2:4 team-leading:2:2",
       .licences = "food-hygiene",
       .causes = "local-community anti-poverty",
       .timings = {Timing::kDayShift, Timing::kWeekendShift},
       .youngest = 18},
      {.key = "lunch club",
       .titles = {"Lunch club helper", "Kitchen and table helper"},
       .description =
           "Lay tables, serve and wash up at our weekly lunch in {town}, and above all sit down for a "
           "chat.",
       .skills = "serving-food:1:3 older-people:2:3 spoken-communication:1:3",
       .causes = "older-people local-community",
       .timings = {Timing::kDayShift},
       .youngest = 16,
       .most_places = 6},
      {.key = "befriending visits",
       .titles = {"Befriender", "Home visitor", "Friendly visitor"},
       .description =
           "Visit one person at home for an hour or two each week: a cup of tea, a walk, a game of cards. "
           "We match you with someone near {town} and train you first.",
       .skills = "befriending:2:5 active-listening:2:4 reliability:2:3 older-people:2:2",
       .check = "enhanced-adults",
       .causes = "older-people mental-health",
       .timings = {Timing::kFlexibleDays, Timing::kFlexibleAny},
       .youngest = 18,
       .fewest_places = 2,
       .most_places = 12,
       .at_homes = true},
      {.key = "telephone friend",
       .titles = {"Telephone friend", "Phone befriender"},
       .description =
           "Ring the same two or three people every week from your own home. A good listener is all it "
           "takes; we pay for the calls.",
       .skills = "phone-support:2:5 active-listening:2:4 empathy:2:3",
       .check = "basic",
       .causes = "older-people mental-health",
       .timings = {Timing::kFlexibleAny, Timing::kFlexibleDays},
       .youngest = 18,
       .fewest_places = 2,
       .most_places = 10,
       .remote = true},
      {.key = "carer sitting",
       .titles = {"Sitting volunteer for carers", "Carers' break volunteer"},
       .description =
           "Keep someone company at home near {town} while the person who cares for them has a few hours "
           "off. Personal care may be part of it, and you are trained for that.",
       .skills = "carer-support:3:5! patience:3:4 calm-under-pressure:2:2",
       .check = "barred-adults",
       .causes = "care families",
       .timings = {Timing::kDayShift, Timing::kFlexibleDays},
       .youngest = 21,
       .most_places = 5,
       .at_homes = true},
      {.key = "ward visitor",
       .titles = {"Hospital welcome volunteer", "Ward visitor", "Tea trolley volunteer"},
       .description =
           "Help patients and visitors to find their way, fetch what they need and pass the time with "
           "those who have no visitors.",
       .skills = "hospital-support:2:4 spoken-communication:2:3 empathy:3:3",
       .check = "enhanced-adults",
       .causes = "health illness",
       .timings = {Timing::kDayShift, Timing::kWeekendShift, Timing::kEvening},
       .youngest = 18,
       .most_places = 6},
      {.key = "minibus driver",
       .titles = {"Community minibus driver", "Minibus driver for the day centre"},
       .description =
           "Drive our accessible minibus on the {town} round, help people on and off, and get everybody "
           "home safely.",
       .skills = "minibus-driving:3:5! manual-handling:2:3 patience:2:2",
       .check = "enhanced-adults",
       .licences = "minibus",
       .causes = "older-people disability",
       .timings = {Timing::kDayShift, Timing::kTwoDayShifts},
       .youngest = 25,
       .oldest = 75},
      {.key = "car driver",
       .titles = {"Volunteer car driver", "Driver to hospital appointments"},
       .description =
           "Take people from around {town} to appointments in your own car and wait with them if they "
           "like. We pay a mileage rate; you choose the days.",
       .skills = "driving:3:5 older-people:1:2 spoken-communication:2:2",
       .check = "enhanced-adults",
       .licences = "car",
       .causes = "illness older-people",
       .timings = {Timing::kFlexibleDays, Timing::kFlexibleDays, Timing::kAnyShift},
       .youngest = 21,
       .oldest = 79,
       .fewest_places = 3,
       .most_places = 15,
       .at_homes = true},
      {.key = "memory cafe",
       .titles = {"Memory café helper", "Singing for memory helper"},
       .description =
           "Welcome people living with dementia and their families to our café in {town}, join in the "
           "songs and games, and pour the tea.",
       .skills = "older-people:2:5 music:1:2 patience:3:4 empathy:3:3",
       .causes = "older-people illness",
       .timings = {Timing::kDayShift, Timing::kMonthlySaturday},
       .youngest = 16,
       .most_places = 5},
      {.key = "bereavement listener",
       .titles = {"Bereavement listener", "Grief café host"},
       .description =
           "Listen to people who have lost someone, one to one or in a small group in {town}. There is a "
           "six-week training course and regular supervision.",
       .skills = "bereavement-support:3:5! active-listening:3:5 boundaries:3:3",
       .check = "enhanced-adults",
       .causes = "mental-health families",
       .timings = {Timing::kEvening, Timing::kFlexibleAny},
       .youngest = 21},
      {.key = "evening haven",
       .titles = {"Evening haven host", "Peer supporter at the crisis café"},
       .description =
           "Be a calm presence in the evening for people who are struggling with their mental health. A "
           "trained worker is always on the premises in {town}.",
       .skills = "mental-health-support:3:5 calm-under-pressure:3:4 de-escalation:2:3 boundaries:3:3",
       .check = "enhanced-adults",
       .licences = "mental-health-first-aid",
       .causes = "mental-health",
       .timings = {Timing::kEvening},
       .youngest = 18},
      {.key = "night shelter",
       .titles = {"Night shelter volunteer", "Overnight host"},
       .description =
           "Stay awake or on call through the night at our shelter in {town}, with two others. Supper and "
           "breakfast are shared with the guests.",
       .skills = "calm-under-pressure:3:5 de-escalation:2:3 empathy:3:3",
       .check = "basic",
       .causes = "housing anti-poverty",
       .timings = {Timing::kNight},
       .youngest = 18,
       .most_places = 6},
      {.key = "street outreach",
       .titles = {"Street outreach volunteer", "Soup run volunteer"},
       .description =
           "Go out as a team of three in {town} with hot food and drinks, and help people to find a bed and "
           "a next step.",
       .skills = "empathy:3:4 teamwork:2:3 serving-food:1:2",
       .causes = "housing anti-poverty",
       .timings = {Timing::kEvening, Timing::kSaturdays},
       .youngest = 18,
       .most_places = 6},
      {.key = "welcome conversation",
       .titles = {"English conversation partner", "Welcome group volunteer"},
       .description =
           "Help people who have come to {town} to practise English over tea, find their way about, and "
           "meet their neighbours.",
       .skills = "language-teaching:1:4 cultural-sensitivity:2:4 refugee-support:1:3",
       .languages = {"uk", "ar", "fa", "ps", "ne"},
       .causes = "refugees-asylum-seekers education-languages",
       .timings = {Timing::kDayShift, Timing::kEvening},
       .youngest = 16,
       .most_places = 5},
      {.key = "interpreter",
       .titles = {"Volunteer interpreter", "Interpreter for appointments"},
       .description =
           "Interpret at appointments with schools, doctors and councils in and around {town}, in person "
           "or on a call.",
       .skills = "interpreting:3:5! cultural-sensitivity:3:3 boundaries:2:2",
       .languages = {"uk", "pl", "ro", "pa", "bfi", "fr"},
       .causes = "refugees-asylum-seekers ethnic-minorities",
       .timings = {Timing::kFlexibleDays},
       .youngest = 18},
      {.key = "odd jobs",
       .titles = {"Odd jobs volunteer", "Handyperson"},
       .description =
           "Change a light bulb, put up a grab rail, ease a sticking door: small jobs in the homes of older "
           "and disabled people near {town}.",
       .skills = "tools-equipment:3:5! repairs:2:4 carpentry:2:2 painting-decorating:2:2",
       .check = "basic",
       .causes = "older-people housing",
       .timings = {Timing::kFlexibleDays},
       .youngest = 18,
       .at_homes = true},
      {.key = "garden help",
       .titles = {"Garden help volunteer", "Gardener for people at home"},
       .description =
           "Mow, weed and tidy for people near {town} who can no longer manage their garden alone. Tools "
           "are lent.",
       .skills = "gardening:2:5 tools-equipment:1:2",
       .causes = "older-people illness environment",
       .timings = {Timing::kFlexibleDays, Timing::kAnyShift},
       .youngest = 16,
       .guardian_consent = true,
       .most_places = 6,
       .at_homes = true},
      {.key = "benefits adviser",
       .titles = {"Benefits adviser", "Money and benefits volunteer"},
       .description =
           "Help people in {town} to understand letters, fill in forms and claim what they are entitled to. "
           "For those who hold an advice qualification.",
       .skills = "welfare-benefits:3:5! advice-advocacy:3:4 spoken-communication:3:2",
       .check = "basic",
       .licences = "advice",
       .causes = "anti-poverty unemployment",
       .timings = {Timing::kDayShift, Timing::kFlexibleDays},
       .youngest = 18},
      {.key = "home library",
       .titles = {"Home library volunteer"},
       .description =
           "Choose and bring books to people around {town} who cannot get to a library, every few weeks.",
       .skills = "library:2:4 befriending:1:3 spoken-communication:1:2",
       .check = "basic",
       .licences = "car",
       .causes = "literacy-needs older-people",
       .timings = {Timing::kFlexibleDays},
       .youngest = 18,
       .at_homes = true},
  };
}

}  // namespace brokerage::demo
