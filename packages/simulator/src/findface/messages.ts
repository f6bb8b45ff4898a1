/** The languages of the messages. */
export type Language = "en-us" | "es" | "ru";

export type Message =
  | "required"
  | "wrongLength"
  | "wrongType"
  | "notProvided"
  | "badPassword"
  | "badToken"
  | "badFace"
  | "blocked"
  | "wrongMode"
  | "license"
  | "noPermission"
  | "notFound";

const texts: Record<Message, Record<Language, string>> = {
  required: { "en-us": "This field is required.", es: "Este campo es obligatorio.", ru: "Обязательное поле." },
  wrongLength: { "en-us": "The length is wrong.", es: "La longitud no es correcta.", ru: "Неверная длина." },
  wrongType: { "en-us": "The type is wrong.", es: "El tipo no es correcto.", ru: "Неверный тип." },
  notProvided: {
    "en-us": "Authentication credentials were not provided.",
    es: "No se dieron credenciales.",
    ru: "Учётные данные не предоставлены.",
  },
  badPassword: {
    "en-us": "Invalid username/password.",
    es: "Usuario o clave no válidos.",
    ru: "Неверное имя или пароль.",
  },
  badToken: { "en-us": "Invalid token.", es: "Token no válido.", ru: "Неверный токен." },
  badFace: { "en-us": "The face is not known.", es: "La cara no se reconoce.", ru: "Лицо не распознано." },
  blocked: { "en-us": "The device is blocked.", es: "El dispositivo está bloqueado.", ru: "Устройство заблокировано." },
  wrongMode: { "en-us": "This way in is closed.", es: "Este acceso está cerrado.", ru: "Этот вход закрыт." },
  license: {
    "en-us": "The license does not allow it.",
    es: "La licencia no lo permite.",
    ru: "Лицензия не позволяет.",
  },
  noPermission: { "en-us": "Permission is missing.", es: "Falta un permiso.", ru: "Нет разрешения." },
  notFound: { "en-us": "Not found.", es: "No se encuentra.", ru: "Не найдено." },
};

export function say(message: Message, language: Language): string {
  return texts[message][language];
}

/** The first supported language in `Accept-Language`. */
export function languageOf(accepted: string | undefined): Language {
  for (const entry of (accepted ?? "").toLowerCase().split(",")) {
    const tag = entry.split(";", 1)[0]?.trim() ?? "";
    if (tag.startsWith("en")) return "en-us";
    if (tag === "es" || tag.startsWith("es-")) return "es";
    if (tag === "ru" || tag.startsWith("ru-")) return "ru";
  }
  return "en-us";
}
