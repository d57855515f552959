print("rituald")
