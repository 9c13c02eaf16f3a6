export const errors = {
  home: "Go to the start page",
  again: "Try again",
  notFound: {
    title: "Page not found",
    text: "There is no such page, or it belongs to another centre that has not shared it.",
  },
  forbidden: {
    title: "Your role does not allow this",
    text: "Ask your centre’s administrator if you need it for your work.",
  },
  othersRecord: {
    title: "Only its own centre may change this",
    text: "This belongs to another centre. You may read what that centre shares; only its own staff and the lead administrator change it. Ask that centre if something in it is wrong.",
    back: "See it",
  },
  unexpected: {
    title: "Something went wrong on our side",
    text: "It has been noted. Nothing that you saved before is lost. Try again in a moment.",
  },
  unavailable: {
    title: "The service does not answer at the moment",
    read: "This page tries again by itself until it does.",
    write: "It may not be saved. Go back in your browser: what you typed is still there. Then send it again.",
    kept: "It may not be saved. What you typed is kept on this page: wait a moment, then send it again.",
    sendAgain: "Send it again",
    form: "The service does not answer at the moment. Nothing that you typed is lost: try again in a moment.",
  },
  changed: {
    title: "Someone else changed this in the meantime",
    text: "Nothing was overwritten. Look at it as it is now, then do it again if it is still needed.",
  },
  refused: {
    title: "This is not possible",
    text: "Nothing was changed.",
  },
  staleForm: {
    title: "This form is out of date",
    text: "You have signed in or out since it was opened, so it was not sent. Go back, load the page again and send it once more.",
  },
  tooMany: {
    title: "Too many attempts",
    text: "Signing in failed too often. Wait a quarter of an hour, then try again.",
  },
} as const;
