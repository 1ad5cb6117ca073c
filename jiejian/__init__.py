"""Jiejian 借鉴: lessons, quizzes and the glass-box lender, served as web pages."""
