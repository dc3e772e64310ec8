# Tries many connections at once and prints what became of each. Every image of the stack has perl (perl-base is
# essential in Debian), so this runs in the real containers, as their own user, with core modules only.
#
#   perl -e "$(cat probe.pl)" NONCE [JOB ...]         jobs are read from standard input where none is given
#
# JOB    [ID=]tcp/ADDRESS/PORT[/CONVERSATION] | udp/ADDRESS/PORT | icmp/ADDRESS | name/NAME | packet
#        a leading "SECONDS@" starts it later. CONVERSATION: nonce, http, path, tls, sni or postgres; without one, connecting is enough.
# Prints one line a job: ID <tab> outcome <tab> milliseconds <tab> detail, then: end <tab> NONCE <tab> number of jobs
use strict;
use warnings;
use Socket qw(:DEFAULT :addrinfo IPPROTO_ICMP IPPROTO_TCP);
use Errno qw(EINPROGRESS EAGAIN ECONNREFUSED ETIMEDOUT ENETUNREACH EHOSTUNREACH ECONNRESET EPIPE EPERM);
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);

# Longer than the 3.06 s after which the kernel gives up asking for the MAC of an address that nobody has: with less,
# a target that is absent looks like one that is protected.
my $limit = 3.6;
# A name is answered or refused by a program on the same machine, which may be busy.
my $name_limit = 10;
my $nonce = shift @ARGV // die "usage: perl probe.pl NONCE [JOB ...]\n";
my @requested = @ARGV ? @ARGV : map { split } <STDIN>;
$SIG{PIPE} = 'IGNORE';
$| = 1;

my %outcome_of = (
  ECONNREFUSED, 'refused', ETIMEDOUT, 'dropped', ENETUNREACH, 'no-route',
  EHOSTUNREACH, 'no-host', ECONNRESET, 'reset',  EPIPE,       'reset',
);

my %opening = (
  nonce    => "$nonce\n",
  http     => "GET /isolation-probe HTTP/1.1\r\nHost: localhost\r\ntraceparent: 00-$nonce-00f067aa0ba902b7-01\r\nConnection: close\r\n\r\n",
  # Go's own server leads to the path without the dot, and says which that is.
  path     => "GET /./$nonce HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  # PostgreSQL names each protocol option it does not know in its answer, before anybody logs in.
  postgres => postgres_startup("_pq_.$nonce"),
  # A TLS server repeats the session id of the client's greeting.
  tls      => tls_client_hello(),
  # A proxy that goes by the name in the greeting says which name it does not pass on.
  sni      => tls_client_hello("$nonce.example"),
);

sub postgres_startup {
  # In plain text PostgreSQL lets nobody in, but it says which options it does not know before it says that.
  my ($user, $database) = map { $ENV{$_} // 'isolation-probe' } 'DATABASE_USER', 'DATABASE_NAME';
  my $body = pack('N', 196608) . join("\0", 'user', $user, 'database', $database, $_[0], '1') . "\0\0";
  return pack('N', 4 + length $body) . $body;
}

sub tls_client_hello {
  my ($name) = @_;
  my $extension = sub { pack 'n n/a', @_ };
  my $extensions = join '',
    defined $name ? $extension->(0, pack 'n/a', pack 'C n/a', 0, $name) : '',
    $extension->(43, pack 'C/a', pack 'n', 0x0304),                                  # TLS 1.3 only
    $extension->(10, pack 'n/a', pack 'n', 0x001d),                                  # on curve x25519
    $extension->(13, pack 'n/a', pack 'n*', 0x0403, 0x0804, 0x0401, 0x0807),         # with any usual signature
    $extension->(51, pack 'n/a', pack 'n n/a', 0x001d, substr $nonce x 2, 0, 32);    # a key that is never used
  my $hello = pack 'n a32 C/a n/a C/a n/a', 0x0303, $nonce, substr($nonce, 0, 32), pack('n*', 0x1301 .. 0x1303), "\0", $extensions;
  return pack 'C n n/a', 0x16, 0x0301, pack 'C C n/a', 1, 0, $hello;
}

# Core perl has no sub-second clock of its own; the kernel's is good to 10 ms.
sub now { open my $uptime, '<', '/proc/uptime' or die "no clock: $!"; return (split ' ', <$uptime>)[0] }

sub limit_of { $_[0]{kind} eq 'name' ? $name_limit : $limit }

sub finish {
  my ($job, $outcome, $detail) = @_;
  printf "%s\t%s\t%d\t%s\n", $job->{id}, $outcome, 1000 * (now() - $job->{started}), $detail // '';
  kill 'KILL', $job->{pid} if $job->{pid} && !$job->{reaped};
  close $job->{socket} if $job->{socket};
  delete $job->{socket};
  $job->{done} = 1;
  return;
}

sub finish_by_errno {
  my ($job, $errno) = @_;
  local $! = $errno;
  my $outcome = $outcome_of{$errno} // 'probe-error';
  # Connected and then cut off is not the same as never let in.
  return finish($job, 'open', "connected, then: $!") if $job->{connected} && $outcome ne 'probe-error';
  finish($job, $outcome, "$!");
}

sub open_socket {
  my ($job, $domain, $type, $protocol) = @_;
  socket($job->{socket}, $domain, $type, $protocol) or return finish($job, 'probe-error', "socket: $!");
  fcntl $job->{socket}, F_SETFL, O_NONBLOCK | fcntl $job->{socket}, F_GETFL, 0;
  return 1;
}

sub connect_to {
  my ($job) = @_;
  my $number = inet_aton($job->{address} =~ /^[\d.]+$/ ? $job->{address} : '') // return finish($job, 'probe-error', "not an address: $job->{address}");
  connect($job->{socket}, pack_sockaddr_in($job->{port} // 0, $number)) or $! == EINPROGRESS or return finish_by_errno($job, $! + 0);
  return 1;
}

my %start = (
  tcp => sub {
    my ($job) = @_;
    open_socket($job, AF_INET, SOCK_STREAM, IPPROTO_TCP) && connect_to($job) && ($job->{connecting} = 1);
  },
  udp => sub {
    my ($job) = @_;
    open_socket($job, AF_INET, SOCK_DGRAM, 0) && connect_to($job) or return;
    defined send $job->{socket}, $nonce, 0 or finish_by_errno($job, $! + 0);
  },
  icmp => sub {
    my ($job) = @_;
    # A ping socket needs no capability: the kernel fills in identifier and checksum.
    open_socket($job, AF_INET, SOCK_DGRAM, IPPROTO_ICMP) && connect_to($job) or return;
    defined send $job->{socket}, pack('CCnnn', 8, 0, 0, 0, 1) . $nonce, 0 or finish_by_errno($job, $! + 0);
  },
  # The resolver blocks, so it gets a process of its own.
  name => sub {
    my ($job) = @_;
    $job->{pid} = open($job->{socket}, '-|') // return finish($job, 'probe-error', "fork: $!");
    return if $job->{pid};
    my ($error, @found) = getaddrinfo($job->{address}, '', { family => AF_INET, socktype => SOCK_STREAM });
    my @addresses = map { inet_ntoa((unpack_sockaddr_in($_->{addr}))[1]) } @found;
    print $error == 0           ? "open\t" . join(',', sort @addresses)
      : $error == EAI_NONAME() ? "open\ta name server outside the stack answered: no such name"
      :                           "no-name\t$error";
    close STDOUT;
    require POSIX;
    POSIX::_exit(0);
  },
  # What every raw-frame attack starts with: 17 is AF_PACKET.
  packet => sub {
    my ($job) = @_;
    return finish($job, 'open', 'may send raw frames') if socket $job->{socket}, 17, SOCK_RAW, 0x0300;
    finish($job, $! == EPERM ? 'refused' : 'probe-error', "$!");
  },
);

sub read_answer {
  my ($job) = @_;
  my $read = sysread $job->{socket}, my $bytes, 65536;
  return $! == EAGAIN ? 0 : finish_by_errno($job, $! + 0) unless defined $read;
  $job->{answer} .= $bytes;
  if ($job->{kind} eq 'name') {
    return if $read;
    waitpid $job->{pid}, 0;
    $job->{reaped} = 1;
    my ($outcome, $detail) = split /\t/, $job->{answer} // '';
    return finish($job, $outcome // 'probe-error', $detail // 'the resolver process gave no answer');
  }
  return finish($job, 'open', 'nonce') if index($job->{answer}, $nonce) >= 0;
  finish($job, 'open', $job->{answer} eq '' ? 'connected, then closed' : 'answered without the nonce') unless $read && $job->{kind} eq 'tcp';
}

sub connected {
  my ($job) = @_;
  delete $job->{connecting};
  my $errno = unpack 'i', getsockopt $job->{socket}, SOL_SOCKET, SO_ERROR;
  return finish_by_errno($job, $errno) if $errno;
  $job->{connected} = 1;
  $job->{answer} = '';
  return finish($job, 'open', 'connected') unless $job->{conversation};
  defined syswrite $job->{socket}, $opening{ $job->{conversation} } or finish_by_errno($job, $! + 0);
}

my $begin = now();
my @jobs = map {
  my ($id, $seconds, $kind, @rest) = /^(?:([^=]+)=)?(?:([\d.]+)@)?([a-z]+)((?:\/.*)?)$/ or die "not a job: $_\n";
  my (undef, $address, $port, $conversation) = split m{/}, $rest[0];
  die "not a kind of probe: $kind\n" unless $start{$kind};
  +{ id => $id // $_, kind => $kind, address => $address, port => $port, conversation => $conversation, started => $begin + ($seconds // 0) };
} @requested;

while (my @open = grep { !$_->{done} } @jobs) {
  my $now = now();
  for my $job (grep { !$_->{running} && $_->{started} <= $now } @open) {
    $job->{running} = 1;
    $job->{started} = $now;
    $job->{answer} = '';
    $start{ $job->{kind} }->($job);
  }
  for my $job (grep { $_->{running} && !$_->{done} && $now - $_->{started} >= limit_of($_) } @open) {
    finish($job, $job->{connected} ? ('open', 'connected, then silence') : ('dropped', 'nothing within ' . limit_of($job) . ' s'));
  }
  my ($readable, $writable) = ('', '');
  for my $job (grep { $_->{socket} } @open) {
    vec($job->{connecting} ? $writable : $readable, fileno $job->{socket}, 1) = 1;
  }
  select $readable, $writable, undef, 0.05;
  for my $job (grep { $_->{socket} } @open) {
    my $fd = fileno $job->{socket};
    if ($job->{connecting}) { connected($job) if vec $writable, $fd, 1 }
    elsif (vec $readable, $fd, 1) { read_answer($job) }
  }
}
printf "end\t%s\t%d\n", $nonce, scalar @jobs;
