// The document's language, and a cookie that holds nothing else.
document.documentElement.lang = "en";
document.cookie = "lang=en; path=/; max-age=31536000; SameSite=Lax";
