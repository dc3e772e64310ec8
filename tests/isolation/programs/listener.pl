# Opens a TCP and a UDP port in a target for the time of a test, answers each nonce with itself, and ends when standard
# input does. First it prints what the target looks like from inside, so that "denied" can never mean "nobody was there".
# A line of addresses on standard input makes it send a datagram to each, so that the bridges learn again where it is.
#
#   perl -e "$(cat listener.pl)" PORT [ADDRESS]        a datagram is answered from this address
use strict;
use warnings;
use Socket;

my $port = shift @ARGV // die "usage: perl listener.pl PORT [ADDRESS]\n";
my $address = inet_aton(shift @ARGV // '0.0.0.0');
$| = 1;
$SIG{PIPE} = 'IGNORE';
alarm 120;

socket my $tcp, AF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
setsockopt $tcp, SOL_SOCKET, SO_REUSEADDR, 1;
bind $tcp, sockaddr_in($port, $address) or die "cannot listen on TCP $port: $!\n";
listen $tcp, 128 or die "listen: $!\n";
socket my $udp, AF_INET, SOCK_DGRAM, 0 or die "socket: $!\n";
bind $udp, sockaddr_in($port, $address) or die "cannot listen on UDP $port: $!\n";

for my $file (qw(/proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 /proc/net/if_inet6 /proc/sys/net/ipv4/ip_forward)) {
  open my $handle, '<', $file or next;
  # Of the TCP sockets only those that listen: 0A.
  print map { "$file $_" } grep { $file !~ /tcp/ || (split)[3] eq '0A' } <$handle>;
}
print "ready\n";

my $ends = fileno STDIN;
my %clients;
while (1) {
  my $readable = '';
  vec($readable, $_, 1) = 1 for $ends, fileno $tcp, fileno $udp, keys %clients;
  select $readable, undef, undef, undef;
  if (vec $readable, $ends, 1) {
    last unless sysread STDIN, my $line, 1500;
    send $udp, '', 0, sockaddr_in(9, inet_aton($_)) for split ' ', $line;
    print "spoke\n";
  }
  if (vec $readable, fileno $udp, 1) {
    my $peer = recv $udp, my $nonce, 1500, 0;
    send $udp, $nonce, 0, $peer if defined $peer;
  }
  if (vec($readable, fileno $tcp, 1) && accept my $client, $tcp) { $clients{ fileno $client } = $client }
  for my $fd (grep { vec $readable, $_, 1 } keys %clients) {
    my $read = sysread $clients{$fd}, my $nonce, 1500;
    syswrite $clients{$fd}, $nonce if $read;
    close delete $clients{$fd};
  }
}
