# Opens a connection every few milliseconds from its first instruction on, and says so the moment one succeeds. Prints
# "tried N" every half second, so that silence is no answer.
#
#   perl -e "$(cat insist.pl)" ADDRESS PORT [SECONDS]
use strict;
use warnings;
use Socket;
use Fcntl qw(F_SETFL O_NONBLOCK);

my ($address, $port, $seconds) = @ARGV;
my $target = sockaddr_in($port, inet_aton($address));
$| = 1;
my ($tried, $said, @open) = (0, 0);
sub now { open my $uptime, '<', '/proc/uptime' or die "no clock: $!"; return (split ' ', <$uptime>)[0] }
my $begun = now();
while (1) {
  socket my $socket, AF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
  fcntl $socket, F_SETFL, O_NONBLOCK;
  connect $socket, $target;
  $tried++;
  push @open, $socket;
  # Old attempts are given up, so that a packet that was dropped is soon sent anew.
  shift @open if @open > 50;
  my $writable = '';
  vec($writable, fileno $_, 1) = 1 for @open;
  select undef, $writable, undef, 0.005;
  for my $attempt (grep { vec $writable, fileno $_, 1 } @open) {
    my $error = unpack 'i', getsockopt $attempt, SOL_SOCKET, SO_ERROR;
    printf "open after %d ms\n", 1000 * (now() - $begun) if $error == 0;
    @open = grep { $_ != $attempt } @open;
  }
  if (now() - $said > 0.5) { print "tried $tried\n"; $said = now() }
  last if $seconds && now() - $begun > $seconds;
}
print "end\n";
