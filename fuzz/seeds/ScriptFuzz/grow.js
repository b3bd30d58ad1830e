var a1 = "web TCP 8080 80 192.168.1.30", html = ''; var rows = [{n: 'x', p: 1}, {n: 'y', p: 2}];
for (k in rows) { html += '<tr><td>' + rows[k].n + '</td>'; html += rows[k].p; }
var info = eval('a' + 1).split(' '); document.getElementById('t').innerHTML = html + info.slice(1).reverse().concat(info.pop());
while (info.length > 0) info.shift(); do { html = html.replace('x', html.substring(1, 3)); } while (html.indexOf('x') >= 0);
