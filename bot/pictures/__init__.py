"""Pictures for a phone: charts of figures and of use."""
