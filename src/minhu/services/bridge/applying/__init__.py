"""What an applicant is asked, in which order, from a published version and the situation."""
