// A file rather than inline: the page's Content-Security-Policy allows no inline script.
// The cookie holds nothing but the language, so it need not be hidden from scripts.
document.documentElement.lang = "en";
document.cookie = "lang=en; Path=/; Max-Age=31536000; SameSite=Lax";
