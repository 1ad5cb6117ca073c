// The document's language, and a cookie that holds nothing else.
document.documentElement.lang = "zh-CN";
document.cookie = "lang=zh; path=/; max-age=31536000; SameSite=Lax";
