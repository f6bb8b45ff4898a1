// src/vendors.ts
const vendors = {
	alta: {
		title: "Avigilon Alta Video",
		urlExample: "https://<deployment>.<region>.alta.avigilon.com",
		prefix: "VMS_ALTA",
		firstCall: "api/v1/alarmZones",
		create: async (options) => (await Promise.resolve().then(() => require("./dist-BjJc8uSN.cjs"))).createAltaSession(options)
	},
	findface: {
		title: "NtechLab FindFace Multi",
		urlExample: "https://<host>",
		prefix: "VMS_FINDFACE",
		firstCall: "users/me/",
		create: async (options) => (await Promise.resolve().then(() => require("./dist-B5fu4wCP.cjs"))).createFindFaceSession(options)
	},
	alertsite: {
		title: "SmartBear AlertSite",
		host: "www.alertsite.com",
		prefix: "VMS_ALERTSITE",
		firstCall: "locations",
		create: async (options) => (await Promise.resolve().then(() => require("./dist-uAX3J8iW.cjs"))).createAlertSiteSession(options)
	},
	eagleeye: {
		title: "Eagle Eye Networks",
		host: "login.eagleeyenetworks.com",
		prefix: "VMS_EAGLEEYE",
		firstCall: "g/user",
		create: async (options) => (await Promise.resolve().then(() => require("./dist-D9llrKx1.cjs"))).createEagleEyeSession(options)
	},
	"admin-token": {
		title: "AiPix VMS, Admin API",
		urlExample: "https://<host>",
		prefix: "VMS_ADMIN_TOKEN",
		firstCall: "api/admin/v1/admins?per_page=1&page=1",
		create: async (options) => (await Promise.resolve().then(() => require("./dist-ChsgvkIO.cjs"))).createAdminTokenSession(options)
	}
};
Object.keys(vendors);
function isVendor(value) {
	return typeof value === "string" && Object.hasOwn(vendors, value);
}
Object.defineProperty(exports, "isVendor", {
	enumerable: true,
	get: function() {
		return isVendor;
	}
});
Object.defineProperty(exports, "vendors", {
	enumerable: true,
	get: function() {
		return vendors;
	}
});
