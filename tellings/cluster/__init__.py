"""Many reports -> stories: which belong together, which are about something else, when they were published."""
