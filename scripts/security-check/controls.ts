import type { ContainerInspectInfo } from 'dockerode'

/** One thing that every container has to be; `problems` says how it is not. The exceptions are in security/accepted.json. */
export type Control = {
  id: string
  title: string
  problems: (container: ContainerInspectInfo) => string[]
}

const when = (bad: boolean | undefined, problem: string): string[] => (bad ? [problem] : [])

const isRoot = (user: string) => /^(0|root)?(:|$)/.test(user)

/** Of a name without a tag Docker takes the tag latest; a digest pins more than any tag. */
const isLatest = (image: string) => !image.includes('@sha256:') && /^(?:.*\/)?[^/:]+(:latest)?$/.test(image)

/** The host's own folders, and all below them. */
const sensitive = /^\/($|(boot|dev|etc|lib|proc|sys|usr|var\/lib\/docker)(\/|$))/

const securityOption =
  (option: string) =>
  ({ HostConfig }: ContainerInspectInfo) =>
    when(HostConfig.SecurityOpt?.includes(option), option)

function published({ HostConfig }: ContainerInspectInfo): { HostIp: string; HostPort: string }[] {
  const bindings: Record<string, { HostIp: string; HostPort: string }[] | null> = HostConfig.PortBindings ?? {}
  return Object.values(bindings).flatMap((each) => each ?? [])
}

/** The CIS Docker Benchmark 1.6, as far as "docker inspect" tells, and that an image has a tag which says what it is. */
export const controls: Control[] = [
  {
    id: 'CIS 4.1',
    title: 'a user of its own, not root',
    problems: ({ Config }) => when(isRoot(Config.User), `user ${Config.User || 'root'}`),
  },
  { id: 'CIS 5.2', title: 'AppArmor is not off', problems: securityOption('apparmor=unconfined') },
  { id: 'CIS 5.3', title: 'SELinux is not off', problems: securityOption('label=disable') },
  {
    id: 'CIS 5.4',
    title: 'no capability but declared ones',
    problems: ({ HostConfig }) => [
      ...when(!HostConfig.CapDrop?.includes('ALL'), 'Docker’s own set'),
      ...(HostConfig.CapAdd ?? []),
    ],
  },
  { id: 'CIS 5.5', title: 'not privileged', problems: ({ HostConfig }) => when(HostConfig.Privileged, 'privileged') },
  {
    id: 'CIS 5.6',
    title: 'no folder of the host’s system',
    problems: ({ Mounts }) =>
      Mounts.filter(({ Type, Source }) => Type === 'bind' && sensitive.test(Source)).map(({ Source }) => Source),
  },
  {
    id: 'CIS 5.8',
    title: 'no privileged port published',
    problems: (container) => {
      const ports = published(container).map(({ HostPort }) => HostPort)
      return [...new Set(ports)].filter((port) => Number(port) < 1024).map((port) => `port ${port || 'of any number'}`)
    },
  },
  {
    id: 'CIS 5.10',
    title: 'not in the host’s network',
    problems: ({ HostConfig }) => when(HostConfig.NetworkMode === 'host', 'network of the host'),
  },
  { id: 'CIS 5.11', title: 'bounded memory', problems: ({ HostConfig }) => when(!HostConfig.Memory, 'no limit') },
  {
    id: 'CIS 5.12',
    title: 'a share of the processors',
    problems: ({ HostConfig: { NanoCpus, CpuShares, CpuQuota } }) =>
      when(!NanoCpus && !CpuShares && !CpuQuota, 'no limit'),
  },
  {
    id: 'CIS 5.13',
    title: 'a read-only root file system',
    problems: ({ HostConfig }) => when(!HostConfig.ReadonlyRootfs, 'writable'),
  },
  {
    id: 'CIS 5.14',
    title: 'published on a chosen address',
    problems: (container) => {
      const addresses = published(container).map(({ HostIp }) => HostIp)
      return [...new Set(addresses)]
        .filter((address) => ['', '0.0.0.0', '::'].includes(address))
        .map((each) => each || 'any')
    },
  },
  {
    id: 'CIS 5.15',
    title: 'restarted at most five times',
    problems: ({ HostConfig }) => {
      const { Name = '', MaximumRetryCount = 0 } = HostConfig.RestartPolicy ?? {}
      const bounded = Name === 'on-failure' && MaximumRetryCount >= 1 && MaximumRetryCount <= 5
      return when(!bounded && !['', 'no'].includes(Name), `${Name} ${MaximumRetryCount || ''}`.trim())
    },
  },
  {
    id: 'CIS 5.16',
    title: 'processes of its own',
    problems: ({ HostConfig }) => when(HostConfig.PidMode !== '', `${HostConfig.PidMode}`),
  },
  {
    id: 'CIS 5.17',
    title: 'shared memory of its own',
    problems: ({ HostConfig }) => when(HostConfig.IpcMode !== 'private', `${HostConfig.IpcMode}`),
  },
  {
    id: 'CIS 5.18',
    title: 'no device of the host',
    problems: ({ HostConfig }) =>
      (HostConfig.Devices ?? []).map(({ PathOnHost }: { PathOnHost: string }) => PathOnHost),
  },
  {
    id: 'CIS 5.20',
    title: 'mounts that spread nowhere',
    problems: ({ Mounts }) =>
      Mounts.filter(({ Propagation }) => /shared/.test(Propagation)).map(({ Destination }) => Destination),
  },
  {
    id: 'CIS 5.21',
    title: 'a host name of its own',
    problems: ({ HostConfig }) => when(Boolean(HostConfig.UTSMode), `${HostConfig.UTSMode}`),
  },
  {
    id: 'CIS 5.22',
    title: 'seccomp is not off',
    problems: ({ HostConfig }) =>
      (HostConfig.SecurityOpt ?? []).filter((option: string) => /^seccomp[=:]unconfined/.test(option)),
  },
  {
    id: 'CIS 5.25',
    title: 'no control group of another',
    problems: ({ HostConfig }) => when(Boolean(HostConfig.CgroupParent), `${HostConfig.CgroupParent}`),
  },
  {
    id: 'CIS 5.26',
    title: 'no way to new privileges',
    problems: ({ HostConfig }) =>
      when(!HostConfig.SecurityOpt?.some((each: string) => /^no-new-privileges([:=]true)?$/.test(each)), 'allowed'),
  },
  {
    id: 'CIS 5.27',
    title: 'a health check',
    problems: ({ Config }) => when(['NONE', undefined].includes(Config.Healthcheck?.Test?.[0]), 'none'),
  },
  {
    id: 'CIS 5.29',
    title: 'a bounded number of processes',
    problems: ({ HostConfig }) => when(!((HostConfig.PidsLimit ?? 0) > 0), 'no limit'),
  },
  {
    id: 'CIS 5.30',
    title: 'not on Docker’s default bridge',
    problems: ({ HostConfig, NetworkSettings }) =>
      when(
        ['default', 'bridge'].includes(`${HostConfig.NetworkMode}`) || 'bridge' in NetworkSettings.Networks,
        'docker0',
      ),
  },
  {
    id: 'CIS 5.31',
    title: 'users of its own, where Docker has them',
    problems: ({ HostConfig }) => when(HostConfig.UsernsMode === 'host', 'users of the host'),
  },
  {
    id: 'CIS 5.32',
    title: 'no socket of Docker',
    problems: ({ Mounts }) =>
      Mounts.filter(({ Source }) => /docker\.sock$/.test(`${Source}`)).map(({ Source }) => Source),
  },
  {
    id: 'pinned image',
    title: 'a tag that says what it is',
    problems: ({ Config }) => when(isLatest(Config.Image), Config.Image),
  },
]

/** What an image itself says, by itself: who runs it with no settings gets this. */
export const imageControls = [
  {
    id: 'CIS 4.1',
    title: 'a user of its own, not root',
    problems: (_name: string, { User }: { User: string }) => when(isRoot(User), `user ${User || 'root'}`),
  },
  { id: 'pinned image', title: 'a tag that says what it is', problems: (name: string) => when(isLatest(name), name) },
]
