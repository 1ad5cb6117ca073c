"""Routes and middleware around the Streamlit script."""
