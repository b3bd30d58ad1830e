var list = new Array("8080","80","192.168.0.7",2,1, 0,0 ); var words = ['', 'ALL', 'TCP', 'UDP'];
for (var i = 0; i < 1; i++) { document.write('<tr><td>' + (i + 1) + '</td>'); if (list[4] == 1) document.write(words[list[3]]); else document.write("off"); }
function show(p) { switch (p) { case 1: return 'TCP'; default: return p.toUpperCase(); } }
document.write(show('udp'), list.join('|'), list.length);
