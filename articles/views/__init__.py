"""The pages: functions that get their object and delegate the list to `listing`."""
