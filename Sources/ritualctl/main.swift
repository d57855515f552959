print("ritualctl")
