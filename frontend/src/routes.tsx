import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { App } from "./app/App";
import { NotFound, PageFault } from "./app/PageFault";
import { OverviewPage } from "./features/overview/OverviewPage";

const root = createRootRoute({
  component: App,
  notFoundComponent: NotFound,
  errorComponent: PageFault,
});

const overview = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: OverviewPage,
});

/** Everything but the overview is a chunk of its own. */
const pages = [
  createRoute({
    getParentRoute: () => root,
    path: "/nodes/$id",
    component: lazyRouteComponent(() => import("./features/node/NodePage"), "NodePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/nodes/$id/rules",
    component: lazyRouteComponent(() => import("./features/rules/RulesPage"), "RulesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/nodes/$id/rules/history",
    component: lazyRouteComponent(() => import("./features/rules/HistoryPage"), "HistoryPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/maintenance",
    component: lazyRouteComponent(() => import("./features/maintenance/MaintenancePage"), "MaintenancePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/maintenance/new",
    component: lazyRouteComponent(() => import("./features/maintenance/WindowPage"), "NewWindowPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/maintenance/$id",
    component: lazyRouteComponent(() => import("./features/maintenance/WindowPage"), "WindowPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/incidents",
    component: lazyRouteComponent(() => import("./features/incidents/IncidentsPage"), "IncidentsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/incidents/$id",
    component: lazyRouteComponent(() => import("./features/incidents/IncidentPage"), "IncidentPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/notices",
    component: lazyRouteComponent(() => import("./features/notices/NoticesPage"), "NoticesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/notices/log",
    component: lazyRouteComponent(() => import("./features/notices/ToldPage"), "ToldPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/status-pages",
    component: lazyRouteComponent(() => import("./features/statuspages/StatusPagesPage"), "StatusPagesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/statuses",
    component: lazyRouteComponent(() => import("./features/settings/StatusesPage"), "StatusesPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/transfer",
    component: lazyRouteComponent(() => import("./features/settings/TransferPage"), "TransferPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/nodes/$id/path",
    component: lazyRouteComponent(() => import("./features/path/PathPage"), "PathPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/people",
    component: lazyRouteComponent(() => import("./features/access/PeoplePage"), "PeoplePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/keys",
    component: lazyRouteComponent(() => import("./features/access/KeysPage"), "KeysPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/account",
    component: lazyRouteComponent(() => import("./features/access/AccountPage"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/nodes/$id/what-if",
    component: lazyRouteComponent(() => import("./features/simulate/SimulatePage"), "SimulatePage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/unplaced",
    component: lazyRouteComponent(() => import("./features/unplaced/UnplacedPage"), "UnplacedPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/checks",
    component: lazyRouteComponent(() => import("./features/checks/ChecksPage"), "ChecksPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/checks/new",
    component: lazyRouteComponent(() => import("./features/checks/CheckPage"), "NewCheckPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/checks/$id",
    component: lazyRouteComponent(() => import("./features/checks/CheckPage"), "CheckPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/wallboard",
    component: lazyRouteComponent(() => import("./features/wallboard/WallboardPage"), "WallboardPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents",
    component: lazyRouteComponent(() => import("./features/agents/AgentsPage"), "AgentsPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/agents/$id",
    component: lazyRouteComponent(() => import("./features/agents/AgentPage"), "AgentPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/slos",
    component: lazyRouteComponent(() => import("./features/slos/SlosPage"), "SlosPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/slos/$id",
    component: lazyRouteComponent(() => import("./features/slos/SloPage"), "SloPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/availability",
    component: lazyRouteComponent(() => import("./features/availability/AvailabilityPage"), "AvailabilityPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/audit",
    component: lazyRouteComponent(() => import("./features/audit/AuditPage"), "AuditPage"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/system",
    component: lazyRouteComponent(() => import("./features/system/SystemPage"), "SystemPage"),
  }),
];

export const createRoutes = () =>
  createRouter({
    routeTree: root.addChildren([overview, ...pages]),
    defaultPreload: "intent",
    scrollRestoration: true,
    defaultErrorComponent: PageFault,
  });
