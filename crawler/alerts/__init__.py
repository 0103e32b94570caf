"""News that reaches people: what changed, who wants to know, the message, and its way out.

`rules` reads config/alerts.yml; `changes` finds events (pure); `watch` writes them with their deliveries in one
transaction at the end of a run; `message` words them; `deliver` sends what is due.
"""
