// src/vendors.ts
const vendors = {
	alta: {
		title: "Avigilon Alta Video",
		urlExample: "https://<deployment>.<region>.alta.avigilon.com",
		prefix: "VMS_ALTA",
		firstCall: "api/v1/alarmZones",
		create: async (options) => (await import("@vms/alta")).createAltaSession(options)
	},
	findface: {
		title: "NtechLab FindFace Multi",
		urlExample: "https://<host>",
		prefix: "VMS_FINDFACE",
		firstCall: "users/me/",
		create: async (options) => (await import("@vms/findface")).createFindFaceSession(options)
	},
	alertsite: {
		title: "SmartBear AlertSite",
		host: "www.alertsite.com",
		prefix: "VMS_ALERTSITE",
		firstCall: "locations",
		create: async (options) => (await import("@vms/alertsite")).createAlertSiteSession(options)
	},
	eagleeye: {
		title: "Eagle Eye Networks",
		host: "login.eagleeyenetworks.com",
		prefix: "VMS_EAGLEEYE",
		firstCall: "g/user",
		create: async (options) => (await import("@vms/eagleeye")).createEagleEyeSession(options)
	},
	"admin-token": {
		title: "AiPix VMS, Admin API",
		urlExample: "https://<host>",
		prefix: "VMS_ADMIN_TOKEN",
		firstCall: "api/admin/v1/admins?per_page=1&page=1",
		create: async (options) => (await import("@vms/admin-token")).createAdminTokenSession(options)
	}
};
Object.keys(vendors);
function isVendor(value) {
	return typeof value === "string" && Object.hasOwn(vendors, value);
}
export { vendors as n, isVendor as t };
