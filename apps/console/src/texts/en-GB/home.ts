export const home = {
  title: "What would you like to do?",
  register: { title: "Register a volunteer", text: "One short form, while the person is on the phone." },
  volunteers: { title: "Volunteers", text: "Find a person, see what they can do and when." },
  opportunities: { title: "Opportunities", text: "See the roles that organisations offer." },
  nothing: "Your credential opens no page of the console. Ask your centre’s administrator.",
} as const;
