<?php
// Signs in with arrays as CURLOPT_POSTFIELDS, which PHP sends as multipart, and reads the cookie auth_key from the headers.

function post(string $path, array $fields): array
{
    $curl = curl_init(getenv('BASE_URL') . $path);
    curl_setopt_array($curl, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => $fields,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HEADER => true,
    ]);
    $answer = curl_exec($curl);
    $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
    $size = curl_getinfo($curl, CURLINFO_HEADER_SIZE);
    return [$status, substr($answer, 0, $size), json_decode(substr($answer, $size), true)];
}

[$status, , $token] = post('/g/aaa/authenticate', [
    'username' => getenv('USERNAME'),
    'password' => getenv('PASSWORD'),
]);
if ($status !== 200) {
    echo json_encode(['refused' => $status]), "\n";
    exit(1);
}
[, $headers, $user] = post('/g/aaa/authorize', ['token' => $token['token']]);
preg_match('/^Set-Cookie: auth_key=([^;]+)/mi', $headers, $found);

$curl = curl_init(getenv('BASE_URL') . '/g/device/list?t=camera');
curl_setopt_array($curl, [CURLOPT_COOKIE => 'auth_key=' . $found[1], CURLOPT_RETURNTRANSFER => true]);
$cameras = array_map(
    fn (array $device): array => ['esn' => $device[1], 'shared' => $device[15]],
    json_decode(curl_exec($curl), true),
);
echo json_encode(['user' => $user['email'], 'cameras' => $cameras]), "\n";
