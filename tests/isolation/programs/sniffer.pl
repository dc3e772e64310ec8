# Prints, in hexadecimal, every frame with the marker that the host hands on through these bridges to anybody. Runs in the
# host's network, needs NET_RAW, and ends when standard input does; then it says how many frames it was too slow for.
#
#   perl -e "$(cat sniffer.pl)" MARKER BRIDGE ...          the marker in hexadecimal
use strict;
use warnings;
use Socket;

my ($AF_PACKET, $ETH_P_ALL, $OUTGOING, $SO_ATTACH_FILTER, $SOL_PACKET, $PACKET_STATISTICS) = (17, 0x0003, 4, 26, 263, 6);
my ($marker, @bridges) = @ARGV or die "usage: perl sniffer.pl MARKER BRIDGE ...\n";
$marker = pack 'H*', $marker;
$| = 1;
alarm 120;

# In the kernel already: what comes in has not been judged yet, what goes out has; and no attack is longer than 200 bytes.
my $filter = join '', map { pack 'S C C L', @$_ }
  [0x30, 0, 0, 0xfffff004],    # how the frame goes
  [0x15, 0, 3, $OUTGOING],     # out? else to the last line
  [0x80, 0, 0, 0],             # its length
  [0x25, 1, 0, 200],           # longer? to the last line
  [0x06, 0, 0, 0xffff],        # take it
  [0x06, 0, 0, 0];             # leave it

my @ports;
for my $name (map { m{([^/]+)$} } map { glob "/sys/class/net/$_/brif/*" } @bridges) {
  my $path = "/sys/class/net/$name/ifindex";
  open my $file, '<', $path or die "no port $path: $!\n";
  chomp(my $index = <$file>);
  socket my $port, $AF_PACKET, SOCK_RAW, 0 or die "no raw socket: $!\n";
  # The pointer within struct sock_fprog stands at a multiple of its own size.
  setsockopt $port, SOL_SOCKET, $SO_ATTACH_FILTER, pack 'S x!8 P', 6, $filter or die "no filter: $!\n";
  setsockopt $port, SOL_SOCKET, SO_RCVBUF, 1 << 20;
  bind $port, pack 'S n i S C C a8', $AF_PACKET, $ETH_P_ALL, $index, 0, 0, 0, '' or die "no port $path: $!\n";
  push @ports, $port;
}
@ports or die "no ports on @bridges\n";
print "ready\n";

my $ends = fileno STDIN;
while (1) {
  my $readable = '';
  vec($readable, $_, 1) = 1 for $ends, map { fileno $_ } @ports;
  select $readable, undef, undef, undef;
  my @ready = grep { vec $readable, fileno $_, 1 } @ports;
  for my $port (@ready) {
    recv $port, my $frame, 65536, 0;
    print unpack('H*', $frame), "\n" if index($frame, $marker) >= 0;
  }
  last if !@ready && vec $readable, $ends, 1;
}
my $missed = 0;
$missed += (unpack 'L L', getsockopt $_, $SOL_PACKET, $PACKET_STATISTICS)[1] for @ports;
print "missed $missed\n";
