#include "apps/demo/names.h"

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace brokerage::demo {
namespace {

using NameList = std::vector<absl::string_view>;

// Born before 1960, before 1985, and later.
const NameList& OlderNames() {
  static const auto& names = *new NameList{
      "Alan",     "Albert",  "Ann",       "Anthony",    "Audrey",   "Barbara",  "Barry",     "Brenda",
      "Brian",    "Carol",   "Christine", "Colin",      "David",    "Dennis",   "Derek",     "Diane",
      "Doreen",   "Dorothy", "Douglas",   "Edward",     "Eileen",   "Elaine",   "Elizabeth", "Eric",
      "Frances",  "Frank",   "Geoffrey",  "George",     "Gillian",  "Glenys",   "Graham",    "Gurdev",
      "Harold",   "Hilary",  "Irene",     "Jacqueline", "Janet",    "Jean",     "Jennifer",  "Jill",
      "Joan",     "John",    "Joyce",     "Judith",     "Kathleen", "Keith",    "Kenneth",   "Leslie",
      "Linda",    "Malcolm", "Margaret",  "Marian",     "Marjorie", "Mary",     "Maureen",   "Michael",
      "Norman",   "Pamela",  "Patricia",  "Peter",      "Philip",   "Rajinder", "Raymond",   "Rita",
      "Robert",   "Roger",   "Ronald",    "Rosemary",   "Roy",      "Sheila",   "Shirley",   "Stanley",
      "Surinder", "Susan",   "Sylvia",    "Terence",    "Trevor",   "Valerie",  "Veronica",  "Wendy",
  };
  return names;
}

const NameList& MiddleNames() {
  static const auto& names = *new NameList{
      "Adam",     "Agnieszka", "Alison",   "Amanda", "Amit",     "Andrea",    "Andrew",    "Angela",
      "Anil",     "Anita",     "Beverley", "Bimala", "Caroline", "Catherine", "Cheryl",    "Chidi",
      "Clare",    "Claire",    "Craig",    "Daniel", "Darren",   "Dawn",      "Debbie",    "Deepak",
      "Donna",    "Duncan",    "Emma",     "Fatima", "Fiona",    "Gareth",    "Gary",      "Gavin",
      "Hassan",   "Heather",   "Helen",    "Ian",    "Ivana",    "Jacob",     "James",     "Jane",
      "Jason",    "Joanne",    "Jonathan", "Julie",  "Justin",   "Karen",     "Katarzyna", "Kelly",
      "Kevin",    "Krishna",   "Lee",      "Lesley", "Lisa",     "Lorraine",  "Louise",    "Lucy",
      "Mandeep",  "Marek",     "Maria",    "Mark",   "Martin",   "Matthew",   "Melanie",   "Michelle",
      "Mohammed", "Natalie",   "Neil",     "Nicola", "Nigel",    "Olena",     "Paul",      "Rachel",
      "Rebecca",  "Richard",   "Ruth",     "Sally",  "Samantha", "Sarah",     "Sharon",    "Simon",
      "Sonia",    "Stephen",   "Stuart",   "Tina",   "Tracey",   "Victoria",  "Wayne",     "Yvonne",
      "Zoe",      "Zsuzsanna",
  };
  return names;
}

const NameList& YoungerNames() {
  static const auto& names = *new NameList{
      "Abigail", "Aisha",    "Alexander", "Alice",    "Amelia", "Amy",     "Anya",      "Archie",
      "Ayo",     "Beatrice", "Ben",       "Bethany",  "Callum", "Charlie", "Charlotte", "Chloe",
      "Connor",  "Dylan",    "Ella",      "Ellie",    "Emily",  "Ethan",   "Evie",      "Farah",
      "Finley",  "Freya",    "Gabriel",   "Georgia",  "Grace",  "Hannah",  "Harpreet",  "Harry",
      "Holly",   "Ibrahim",  "Isaac",     "Isabella", "Isla",   "Jack",    "Jake",      "Jasmine",
      "Jessica", "Josh",     "Kai",       "Katie",    "Kiran",  "Lauren",  "Leah",      "Leo",
      "Lewis",   "Liam",     "Logan",     "Luca",     "Lucas",  "Maisie",  "Mason",     "Max",
      "Maya",    "Megan",    "Mia",       "Millie",   "Molly",  "Nathan",  "Niamh",     "Noah",
      "Oliver",  "Olivia",   "Oscar",     "Phoebe",   "Poppy",  "Priya",   "Prakash",   "Reece",
      "Riley",   "Rosie",    "Ryan",      "Sam",      "Sophie", "Tegan",   "Theo",      "Toby",
      "Tomasz",  "Tyler",    "William",   "Yusuf",    "Zara",
  };
  return names;
}

const NameList& FamilyNames() {
  static const auto& names = *new NameList{
      "Adams",    "Adeyemi",   "Ahmed",    "Akehurst",  "Ali",      "Allen",      "Amos",       "Andrews",
      "Apps",     "Austen",    "Bailey",   "Baker",     "Barton",   "Begum",      "Bennett",    "Blackman",
      "Boorman",  "Bowles",    "Brooks",   "Brown",     "Burgess",  "Butcher",    "Campbell",   "Carter",
      "Chapman",  "Clark",     "Clinch",   "Collins",   "Coombes",  "Cooper",     "Cox",        "Crouch",
      "Davies",   "Dawson",    "Day",      "Dhillon",   "Dungey",   "Edwards",    "Ellis",      "Epps",
      "Evans",    "Fagg",      "Field",    "Fisher",    "Foster",   "Fowler",     "Francis",    "Friend",
      "Gill",     "Goldfinch", "Goodhew",  "Gordon",    "Graham",   "Gray",       "Green",      "Griffin",
      "Gurung",   "Hall",      "Hammond",  "Harris",    "Hart",     "Harvey",     "Hawkins",    "Hayward",
      "Hills",    "Hogben",    "Holland",  "Holmes",    "Howard",   "Hughes",     "Hunt",       "Hussain",
      "Iqbal",    "Jackson",   "James",    "Jarvis",    "Jenkins",  "Johnson",    "Jones",      "Jordan",
      "Kamara",   "Kaur",      "Kemp",     "Kennett",   "Khan",     "King",       "Kingsnorth", "Knight",
      "Kowalska", "Kovac",     "Lam",      "Lawrence",  "Lee",      "Lewis",      "Limbu",      "Lloyd",
      "Malik",    "Marsh",     "Martin",   "Mason",     "Maxted",   "Miles",      "Miller",     "Mills",
      "Moore",    "Morgan",    "Morris",   "Murphy",    "Murray",   "Neame",      "Newman",     "Nowak",
      "Obi",      "Okafor",    "Osborne",  "Owen",      "Page",     "Palmer",     "Parker",     "Patel",
      "Pearson",  "Perry",     "Phillips", "Pilcher",   "Popescu",  "Powell",     "Price",      "Quested",
      "Rai",      "Reid",      "Reynolds", "Richards",  "Robinson", "Rogers",     "Russell",    "Sandhu",
      "Saunders", "Scott",     "Shah",     "Sharma",    "Shaw",     "Shevchenko", "Simmons",    "Singh",
      "Skinner",  "Smith",     "Solley",   "Spain",     "Spicer",   "Stevens",    "Stewart",    "Stone",
      "Tapsell",  "Taylor",    "Terry",    "Thapa",     "Thomas",   "Thompson",   "Tolhurst",   "Tran",
      "Turner",   "Underdown", "Vidler",   "Walker",    "Wallace",  "Ward",       "Watson",     "Webb",
      "Wells",    "West",      "White",    "Whitehead", "Wilkins",  "Williams",   "Wilson",     "Wood",
      "Wraight",  "Wright",    "Yeoman",   "Young",
  };
  return names;
}

}  // namespace

PersonName PickName(int birth_year, Random& random) {
  const NameList& given = birth_year < 1960   ? OlderNames()
                          : birth_year < 1985 ? MiddleNames()
                                              : YoungerNames();
  return {std::string(random.Pick(given)), std::string(random.Pick(FamilyNames()))};
}

}  // namespace brokerage::demo
